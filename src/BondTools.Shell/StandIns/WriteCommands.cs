using System;
using System.Linq;
using System.Management.Automation;

namespace BondTools.Shell.StandIns;

/// <summary>Shows text to the person at the terminal.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What to show; several values are joined.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Object")]
    public object? Value { get; set; }

    /// <summary>What joins several values.</summary>
    [Parameter]
    public object Separator { get; set; } = " ";

    /// <summary>Ends no line.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>The colour of the text.</summary>
    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var text = LanguagePrimitives.GetEnumerable(Value) is { } values
            ? string.Join(Separator.ToString(), values.Cast<object>().Select(PSObject.AsPSObject))
            : PSObject.AsPSObject(Value ?? "").ToString();
        var message = new HostInformationMessage { Message = text, NoNewLine = NoNewline };
        if (ForegroundColor is { } color)
            (message.ForegroundColor, message.BackgroundColor) = (color, Host.UI.RawUI.BackgroundColor);
        WriteInformation(message, ["PSHOST"]);
    }
}

/// <summary>Writes values to the pipeline.</summary>
[Cmdlet(VerbsCommunications.Write, "Output")]
public sealed class WriteOutputCommand : PSCmdlet
{
    /// <summary>The values.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull, AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>Keeps a collection in one piece.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var value in InputObject ?? [null])
            WriteObject(value, enumerateCollection: !NoEnumerate);
    }
}

/// <summary>What the stand-ins share that write a message to a stream.</summary>
public abstract class WriteMessageCommand : PSCmdlet
{
    /// <summary>The message.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string Message { get; set; } = "";
}

/// <summary>Writes a warning.</summary>
[Cmdlet(VerbsCommunications.Write, "Warning")]
public sealed class WriteWarningCommand : WriteMessageCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteWarning(Message);
}

/// <summary>Writes a verbose message.</summary>
[Cmdlet(VerbsCommunications.Write, "Verbose")]
public sealed class WriteVerboseCommand : WriteMessageCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteVerbose(Message);
}

/// <summary>Writes a debug message.</summary>
[Cmdlet(VerbsCommunications.Write, "Debug")]
public sealed class WriteDebugCommand : WriteMessageCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteDebug(Message);
}

/// <summary>Writes an error.</summary>
[Cmdlet(VerbsCommunications.Write, "Error")]
public sealed class WriteErrorCommand : PSCmdlet
{
    /// <summary>The message.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Message { get; set; } = "";

    /// <summary>The error's id.</summary>
    [Parameter]
    public string ErrorId { get; set; } = "WriteError";

    /// <summary>The error's category.</summary>
    [Parameter]
    public ErrorCategory Category { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteError(new ErrorRecord(new RuntimeException(Message), ErrorId, Category, null));
}
