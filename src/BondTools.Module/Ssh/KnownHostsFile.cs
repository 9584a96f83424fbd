using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace BondTools.Module.Ssh;

/// <summary>Writes to a known_hosts file.</summary>
internal static class KnownHostsFile
{
    private static readonly object Gate = new();
    private static readonly TimeSpan LockDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Records a host's key behind what is in the file; does nothing when it is there already.</summary>
    /// <remarks>
    /// The line goes out in one write to the end of the file, and several hosts may be recorded at once. A folder that
    /// has to be made is the user's alone (0700), and so is the file (0600).
    /// </remarks>
    /// <exception cref="BondToolsException">ConnectFailed when the file cannot be written; HostKeyMismatch when another key was recorded meanwhile.</exception>
    public static void Add(string path, string host, int port, HostKey key)
    {
        try
        {
            lock (Gate)
            {
                if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
                    CreateFolder(folder);
                using var file = OpenLocked(path);
                Append(file, $"{KnownHosts.NameOf(host, port)} {key.Type} {key.ToBase64()}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BondToolsException(BondToolsErrorKind.ConnectFailed, $"The key of {host} cannot be recorded in {path}: {e.Message}", e)
            {
                RecommendedAction = "Make the file writable, or name another with -KnownHostsPath.",
            };
        }
    }

    private static void Append(FileStream file, string line)
    {
        var content = new byte[file.Length];
        var read = 0;
        for (int n; (n = file.Read(content, read, content.Length - read)) > 0;)
            read += n;
        var present = Encoding.UTF8.GetString(content, 0, read);
        if (Array.IndexOf(present.Split('\n'), line) >= 0)
            return;
        // A last line without its end would swallow the new one.
        var separator = present.Length == 0 || present[present.Length - 1] == '\n' ? "" : "\n";
        var bytes = Encoding.UTF8.GetBytes(separator + line + "\n");
        file.Seek(0, SeekOrigin.End);
        file.Write(bytes, 0, bytes.Length);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Opens the file so that no other process of ours has it open too.</summary>
    private static FileStream OpenLocked(string path)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
#if NET
                var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
                if (!OperatingSystem.IsWindows())
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                return new FileStream(path, options);
#else
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
#endif
            }
            catch (IOException) when (File.Exists(path) && waited.Elapsed < LockDeadline)
            {
                // why: another process holds the file for the length of one write; there is no event for its release.
                _ = SpinWait.SpinUntil(() => false, 10);
            }
        }
    }

    private static void CreateFolder(string folder)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(folder);
    }
}
