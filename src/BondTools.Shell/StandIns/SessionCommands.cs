using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Threading;

namespace BondTools.Shell.StandIns;

/// <summary>Asks the person at the terminal.</summary>
[Cmdlet(VerbsCommunications.Read, "Host")]
public sealed class ReadHostCommand : PSCmdlet
{
    /// <summary>The question.</summary>
    [Parameter(Position = 0)]
    public string? Prompt { get; set; }

    /// <summary>Shows nothing of the answer and gives it as a secure string.</summary>
    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var field = new FieldDescription(Prompt ?? "Answer");
        field.SetParameterType(AsSecureString ? typeof(SecureString) : typeof(string));
        WriteObject(Host.UI.Prompt("", "", [field])[field.Name]);
    }
}

/// <summary>Asks for a user and a password.</summary>
[Cmdlet(VerbsCommon.Get, "Credential")]
public sealed class GetCredentialCommand : PSCmdlet
{
    /// <summary>The user.</summary>
    [Parameter(Position = 0)]
    public string UserName { get; set; } = "";

    /// <summary>What it is for.</summary>
    [Parameter]
    public string Message { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(Host.UI.PromptForCredential("", Message, UserName, ""));
}

/// <summary>Makes a secure string of a text that is no secret any more.</summary>
[Cmdlet(VerbsData.ConvertTo, "SecureString")]
public sealed class ConvertToSecureStringCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("String")]
    public string Text { get; set; } = "";

    /// <summary>Says that the text is plain; encrypted texts need pwsh.</summary>
    [Parameter(Mandatory = true)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Taken for the sake of scripts.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var secret = new SecureString();
        foreach (var character in Text)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        WriteObject(secret);
    }
}

/// <summary>Waits.</summary>
[Cmdlet("Start", "Sleep")]
public sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Seconds.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Seconds")]
    [ValidateRange(0.0, int.MaxValue / 1000.0)]
    public double Seconds { get; set; }

    /// <summary>Milliseconds.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds")]
    [ValidateRange(0, int.MaxValue)]
    public int Milliseconds { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        // why: waiting so long is what the command is asked for; Ctrl+C ends it.
        _stop.Token.WaitHandle.WaitOne(ParameterSetName == "Seconds" ? TimeSpan.FromSeconds(Seconds) : TimeSpan.FromMilliseconds(Milliseconds));

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();
}

/// <summary>Gives the time.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
public sealed class GetDateCommand : PSCmdlet
{
    /// <summary>A .NET format; without it the time is given as an object.</summary>
    [Parameter]
    public string? Format { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(Format is null ? DateTime.Now : DateTime.Now.ToString(Format, CultureInfo.InvariantCulture));
}

/// <summary>Lists what objects are made of, each type once.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly System.Collections.Generic.HashSet<string> _seen = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || !_seen.Add(InputObject.TypeNames[0]))
            return;
        foreach (var member in InputObject.Members.OrderBy(member => member.MemberType).ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase))
        {
            var row = new PSObject();
            row.Properties.Add(new PSNoteProperty("TypeName", InputObject.TypeNames[0]));
            row.Properties.Add(new PSNoteProperty("Name", member.Name));
            row.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
            row.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
            WriteObject(row);
        }
    }
}
