using System.Collections.Generic;
using System.Management.Automation;

namespace BondTools.Module.Cmdlets;

/// <summary>Reads device text from the pipeline, as lines or as whole texts, and writes the records in it.</summary>
public abstract class ConvertFromCmdlet : PSCmdlet
{
    private readonly List<string> _texts = [];

    /// <summary>The text: lines, as Get-Content gives them, or one string.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("Text")]
    public string[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => _texts.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var text = string.Join("\n", _texts);
        try
        {
            foreach (var record in Parse(text))
                WriteObject(record);
        }
        catch (BondToolsException e)
        {
            WriteError(ErrorRecords.From(e, text));
        }
    }

    /// <summary>Reads the whole text.</summary>
    private protected abstract IEnumerable<object> Parse(string text);
}
