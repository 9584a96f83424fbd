using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using BondTools.Capture;
using Microsoft.PowerShell.Commands;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that reads capture files: all that the pipeline brings, together at its end.</summary>
public abstract class CaptureFileCmdlet : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<string> _files = [];
    private volatile bool _isStopping;

    /// <summary>The files; wildcards are taken.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
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
            try
            {
                if (ParameterSetName == LiteralPathSet)
                    Add(GetUnresolvedProviderPathFromPSPath(path));
                else
                    AddMatches(path);
            }
            catch (ItemNotFoundException e)
            {
                WriteError(ErrorRecords.From(CannotRead(path, e), path));
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Read(_files);

    /// <inheritdoc/>
    protected override void StopProcessing() => _isStopping = true;

    /// <summary>Reads the files, each of which is named once.</summary>
    private protected abstract void Read(IReadOnlyList<string> files);

    /// <summary>Opens a capture; one that cannot be read, or is none, is an error and null.</summary>
    private protected CaptureReader? Open(string file)
    {
        try
        {
            return CaptureReader.Open(File.OpenRead(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BondToolsException)
        {
            WriteError(ErrorRecords.From(e as BondToolsException ?? CannotRead(file, e), file));
            return null;
        }
    }

    /// <summary>Warns of a file that could not be read to its end.</summary>
    private protected void WarnOfDefect(CaptureReader reader, string file)
    {
        if (reader.Defect is { } defect)
            WriteWarning($"{file}: {defect} What comes before is shown.");
    }

    private void AddMatches(string path)
    {
        foreach (var file in GetResolvedProviderPathFromPSPath(path, out var provider))
        {
            if (provider.Name == FileSystemProvider.ProviderName)
                Add(file);
        }
    }

    private void Add(string file)
    {
        if (!_files.Contains(file))
            _files.Add(file);
    }

    private static BondToolsException CannotRead(string file, Exception cause) => new(BondToolsErrorKind.NotFound, $"{file} cannot be read: {cause.Message}", cause)
    {
        RecommendedAction = "Check the name, and whether you may read the file.",
    };
}
