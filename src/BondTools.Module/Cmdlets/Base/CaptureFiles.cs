using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using BondTools.Capture;

namespace BondTools.Module.Cmdlets;

/// <summary>The capture files that a cmdlet is given.</summary>
internal static class CaptureFiles
{
    /// <summary>Finds the files of a path; wildcards are those of the file system provider.</summary>
    /// <exception cref="ItemNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string path, bool isLiteral)
    {
        if (isLiteral)
            return [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)];
        var files = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
        return provider.Name == "FileSystem"
            ? [.. files]
            : throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"{path} is no path of the file system.");
    }

    /// <summary>Begins to read a file.</summary>
    /// <exception cref="BondToolsException">It is not there, may not be read, or is no capture.</exception>
    public static CaptureReader Open(string path)
    {
        FileStream stream;
        try
        {
            // One large read at a time: the reader has a buffer of its own.
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new BondToolsException(BondToolsErrorKind.NotFound, $"{path} cannot be read: {e.Message}", e);
        }

        try
        {
            return CaptureReader.Open(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
