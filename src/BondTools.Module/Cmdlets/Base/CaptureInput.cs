using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using BondTools.Capture;
using BondTools.Lacp;
using Microsoft.PowerShell.Commands;

namespace BondTools.Module.Cmdlets;

/// <summary>The capture files that a cmdlet is given: one that cannot be read is an error, and the others go on.</summary>
internal static class CaptureInput
{
    /// <summary>Finds the files of a path.</summary>
    /// <param name="cmdlet">Whose path it is.</param>
    /// <param name="path">The path.</param>
    /// <param name="isLiteral">Whether wildcards in it are part of the name.</param>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string path, bool isLiteral)
    {
        try
        {
            if (isLiteral)
                return [cmdlet.GetUnresolvedProviderPathFromPSPath(path)];
            var files = cmdlet.GetResolvedProviderPathFromPSPath(path, out var provider);
            return provider.Name == FileSystemProvider.ProviderName ? files : [];
        }
        catch (ItemNotFoundException e)
        {
            cmdlet.WriteError(ErrorRecords.From(CannotRead(path, e), path));
            return [];
        }
    }

    /// <summary>Opens a capture; null, and an error, when it cannot be read or is none.</summary>
    public static CaptureReader? Open(PSCmdlet cmdlet, string file)
    {
        FileStream? stream = null;
        try
        {
            // One byte of buffer is none: the reader has its own.
            stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return CaptureReader.Open(stream, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or BondToolsException)
        {
            stream?.Dispose();
            cmdlet.WriteError(ErrorRecords.From(e as BondToolsException ?? CannotRead(file, e), file));
            return null;
        }
    }

    /// <summary>Warns of a file that could not be read to its end.</summary>
    public static void WarnOfDefect(PSCmdlet cmdlet, CaptureReader reader, string file)
    {
        if (reader.Defect is { } defect)
            cmdlet.WriteWarning($"{file}: {defect} What comes before is shown.");
    }

    /// <summary>Measures captures together; one that cannot be read to its end is warned of. Null where none can be read at all.</summary>
    /// <param name="cmdlet">Whose files they are.</param>
    /// <param name="files">The files.</param>
    /// <param name="listed">How many flows the report lists.</param>
    /// <param name="hostMacs">MAC addresses on the host's side.</param>
    /// <param name="stop">Stops it with the pipeline.</param>
    public static CaptureReport? Measure(PSCmdlet cmdlet, IEnumerable<string> files, int listed, MacAddress[] hostMacs, CancellationToken stop)
    {
        var sources = new List<(CaptureReader Reader, LacpOrigin Origin)>();
        try
        {
            foreach (var file in files)
            {
                if (Open(cmdlet, file) is { } reader)
                    sources.Add((reader, new LacpOrigin(Path.GetFileNameWithoutExtension(file), file)));
            }
            if (sources.Count == 0)
                return null;
            var report = CaptureMeter.Measure(sources, listed, hostMacs, stop);
            foreach (var (reader, origin) in sources)
                WarnOfDefect(cmdlet, reader, origin.Path!);
            return report;
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            sources.ForEach(source => source.Reader.Dispose());
        }
    }

    private static BondToolsException CannotRead(string file, Exception cause) => new(BondToolsErrorKind.NotFound, $"{file} cannot be read: {cause.Message}", cause)
    {
        RecommendedAction = "Check the name, and whether you may read the file.",
    };
}
