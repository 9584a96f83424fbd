using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace BondTools.Shell.Host;

/// <summary>What the engine knows of the program around it.</summary>
internal sealed class ShellHost : PSHost
{
    public ShellHost() => UI = new ShellUserInterface(Terminal);

    public Terminal Terminal { get; } = new();

    /// <summary>The code that an exit statement gave; null as long as there was none.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture { get; } = new EnglishCulture();

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "BondTools.Shell";

    public override PSObject PrivateData => new(this);

    public override PSHostUserInterface UI { get; }

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override void EnterNestedPrompt() => throw new PSNotSupportedException("This shell has no nested prompts.");

    public override void ExitNestedPrompt() => throw new PSNotSupportedException("This shell has no nested prompts.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <summary>The invariant culture, calling its language English: only then does the engine break lines between words.</summary>
    private sealed class EnglishCulture() : CultureInfo("")
    {
        public override string TwoLetterISOLanguageName => "en";
    }
}
