using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace BondTools.Shell.StandIns;

/// <summary>Reads files as lines.</summary>
[Cmdlet(VerbsCommon.Get, "Content")]
public sealed class GetContentCommand : PSCmdlet
{
    /// <summary>The files; wildcards are understood.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>Gives a file as one string.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var file in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)))
        {
            if (Raw)
                WriteObject(File.ReadAllText(file));
            else
                WriteObject(File.ReadLines(file), enumerateCollection: true);
        }
    }
}

/// <summary>Writes values to a file, a line each.</summary>
[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true)]
public sealed class SetContentCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary>The file; what is in it is replaced.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>The values.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    public object[] Value { get; set; } = [];

    /// <summary>Ends no line.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _lines.AddRange(Value.Select(value => PSObject.AsPSObject(value).ToString()));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var file = GetUnresolvedProviderPathFromPSPath(Path);
        if (ShouldProcess(file, "Set-Content"))
            File.WriteAllText(file, NoNewline ? string.Concat(_lines) : string.Concat(_lines.Select(line => line + Environment.NewLine)));
    }
}

/// <summary>What the stand-ins share that render objects as the terminal would show them.</summary>
public abstract class RenderCommand : PSCmdlet
{
    private readonly List<PSObject?> _items = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The width in columns.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = 120;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _items.Add(InputObject);

    /// <summary>Renders what has come.</summary>
    protected string Render()
    {
        var terminal = ((Host.ShellHost)((PSObject)base.Host.PrivateData).BaseObject).Terminal;
        var text = new StringBuilder();
        (terminal.Capture, terminal.CaptureWidth) = (text, Width);
        try
        {
            using var pipeline = ScriptBlock.Create("Microsoft.PowerShell.Core\\Out-Host").GetSteppablePipeline();
            pipeline.Begin(expectInput: true);
            foreach (var item in _items)
                pipeline.Process(item);
            pipeline.End();
        }
        finally
        {
            (terminal.Capture, terminal.CaptureWidth) = (null, null);
        }
        return text.ToString();
    }
}

/// <summary>Gives the text that the terminal would show.</summary>
[Cmdlet(VerbsData.Out, "String")]
public sealed class OutStringCommand : RenderCommand
{
    /// <summary>Gives a string a line.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var text = Render();
        WriteObject(Stream ? text.TrimEnd().Split(Environment.NewLine) : text, enumerateCollection: true);
    }
}

/// <summary>Writes to a file what the terminal would show.</summary>
[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true)]
public sealed class OutFileCommand : RenderCommand
{
    /// <summary>The file; what is in it is replaced.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string FilePath { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var file = GetUnresolvedProviderPathFromPSPath(FilePath);
        if (ShouldProcess(file, "Out-File"))
            File.WriteAllText(file, Render());
    }
}

/// <summary>Whether a path is there.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path")]
public sealed class TestPathCommand : PSCmdlet
{
    /// <summary>The path.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(InvokeProvider.Item.Exists(Path));
}

/// <summary>Joins the parts of a path.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
public sealed class JoinPathCommand : PSCmdlet
{
    /// <summary>The first part.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Path { get; set; } = "";

    /// <summary>The next part.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    public string ChildPath { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(SessionState.Path.Combine(Path, ChildPath));
}
