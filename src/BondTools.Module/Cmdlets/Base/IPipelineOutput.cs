using System;
using System.Management.Automation;
using System.Threading.Tasks;

namespace BondTools.Module.Cmdlets;

/// <summary>
/// The pipeline as work on another thread sees it. Each call is carried out on the pipeline thread, in the order the
/// calls were made, and waits while the pipeline is behind; when the pipeline stops, every wait ends as cancelled.
/// </summary>
internal interface IPipelineOutput
{
    /// <summary>Writes a record.</summary>
    Task WriteObjectAsync(object value);

    /// <summary>Writes a non-terminating error.</summary>
    Task WriteErrorAsync(ErrorRecord error);

    /// <summary>Writes to the warning stream.</summary>
    Task WriteWarningAsync(string text);

    /// <summary>Says what is done.</summary>
    Task WriteVerboseAsync(string text);

    /// <summary>Shows a protocol line. Secrets never go here.</summary>
    Task WriteDebugAsync(string text);

    /// <summary>Shows progress.</summary>
    Task WriteProgressAsync(ProgressRecord progress);

    /// <summary>Draws on the screen, or does something else that only the pipeline thread may.</summary>
    Task ShowAsync(Action draw);

    /// <summary>Asks for a change, as <c>Cmdlet.ShouldProcess</c> does; under -WhatIf it prints and answers false.</summary>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">What would be done to it.</param>
    Task<bool> ShouldProcessAsync(string target, string action);

    /// <summary>Asks for a change with texts of one's own.</summary>
    /// <param name="description">Printed by -WhatIf and -Verbose: the exact text of the change.</param>
    /// <param name="question">Asked when confirmation is wanted.</param>
    /// <param name="caption">The title of the question.</param>
    Task<bool> ShouldProcessAsync(string description, string question, string caption);
}
