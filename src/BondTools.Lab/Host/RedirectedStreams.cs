using System;
using System.Text;

namespace BondTools.Lab.Host;

/// <summary>The streams of a command after its redirections; files are written when it has finished.</summary>
internal sealed class RedirectedStreams
{
    // What bash sends to such a name goes out as a datagram; no other shell knows it.
    private const string DatagramFolder = "/dev/udp/";
    private readonly Shell _shell;
    private readonly EmulatedHost _host;
    private string? _outputFile, _errorFile;
    private bool _appendOutput, _appendError;

    public RedirectedStreams(Shell shell, ShellStreams streams) =>
        (_shell, _host, Streams) = (shell, shell.Host, new ShellStreams(streams.Source, streams.Output, streams.Error) { Descriptors = new(streams.Descriptors), Show = streams.Show });

    public ShellStreams Streams { get; private set; }

    /// <summary>Applies one redirection; gives what is wrong with it, or null.</summary>
    public string? Apply(Redirection redirection, string target)
    {
        if (redirection.Kind == '<')
        {
            if (redirection.Descriptor > 2)
            {
                Streams.Descriptors[redirection.Descriptor] = target;
                return null;
            }
            var text = target == "/dev/null" ? "" : _host.Files.Read(target);
            if (text is null)
                return $"cannot open {target}: No such file";
            Streams = With(input: text);
            return null;
        }
        if (redirection.Kind == '&')
        {
            if (redirection.Descriptor == 2 && target == "1")
                (Streams, _errorFile) = (With(error: Streams.Output), null);
            else if (redirection.Descriptor == 1 && target == "2")
                (Streams, _outputFile) = (With(output: Streams.Error), null);
            else if (target == "-" && redirection.Descriptor > 2)
                Streams.Descriptors.Remove(redirection.Descriptor);
            else if (target != redirection.Descriptor.ToString(System.Globalization.CultureInfo.InvariantCulture))
                return $"{redirection.Descriptor}>&{target}: the emulated shell cannot duplicate this descriptor";
            return null;
        }
        var isOption = _host.Files.IsOption(target) || IsDatagram(target);
        if (target != "/dev/null" && !isOption && !_host.Files.CanWrite(target))
            return $"cannot create {target}: Directory nonexistent";
        var append = redirection.Kind == 'a';
        if (redirection.Descriptor > 2)
        {
            Streams.Descriptors[redirection.Descriptor] = target;
            if (_host.Files.Read(target) is null)
                _host.Files.Write(target, "");
            return null;
        }
        if (!append && !isOption && target != "/dev/null")
            _host.Files.Write(target, "");
        if (redirection.Descriptor == 2)
            (Streams, _errorFile, _appendError) = (With(error: new StringBuilder()), target, append);
        else
            (Streams, _outputFile, _appendOutput) = (With(output: new StringBuilder()), target, append);
        return null;
    }

    /// <summary>Writes what was redirected to files; gives what is wrong with it, or null.</summary>
    public string? Finish()
    {
        var problem = Save(_outputFile, Streams.Output, _appendOutput);
        if (problem is not null)
            Streams.Error.Append($"sh: 1: echo: echo: {problem}\n");
        Save(_errorFile, Streams.Error, _appendError);
        return problem;
    }

    private string? Save(string? path, StringBuilder text, bool append)
    {
        if (path is null or "/dev/null")
            return null;
        if (IsDatagram(path))
            return ContainerCommands.Send(_host.World, _shell.Inside!, path.Substring(DatagramFolder.Length), text.Length);
        if (_host.Files.TryWriteOption(path, text.ToString(), out var problem))
            return problem;
        _host.Files.Write(path, (append ? _host.Files.Read(path) : "") + text);
        return null;
    }

    private bool IsDatagram(string path) =>
        _shell.Inside is not null && _shell.Name.EndsWith("bash", StringComparison.Ordinal) && path.StartsWith(DatagramFolder, StringComparison.Ordinal);

    private ShellStreams With(string? input = null, StringBuilder? output = null, StringBuilder? error = null) =>
        new(input is null ? Streams.Source : new Lazy<string>(() => input), output ?? Streams.Output, error ?? Streams.Error) { Descriptors = Streams.Descriptors, Show = output is null ? Streams.Show : null };
}
