using System.Collections.Generic;
using System.Management.Automation;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that reads capture files: all that the pipeline brings, together at its end.</summary>
public abstract class CaptureFileCmdlet : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<string> _files = [];
    private volatile bool _isStopping;

    /// <summary>The files; wildcards are taken. Commas between them may be left out.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Flatten]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, each by exactly this name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether Ctrl+C was pressed.</summary>
    private protected bool IsStopping => _isStopping;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == PathSet ? Path : LiteralPath)
        {
            foreach (var file in CaptureInput.Resolve(this, path, ParameterSetName == LiteralPathSet))
            {
                if (!_files.Contains(file))
                    _files.Add(file);
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Read(_files);

    /// <inheritdoc/>
    protected override void StopProcessing() => _isStopping = true;

    /// <summary>Reads the files, each of which is named once.</summary>
    private protected abstract void Read(IReadOnlyList<string> files);
}
