#if NET
using System;

namespace BondTools.Lab.Serving;

/// <summary>The program's command line.</summary>
internal sealed record ProgramOptions(string Verb)
{
    public string? Socket { get; private set; }
    public string? Command { get; private set; }
    public BondLabStart Start { get; private set; }
    public bool UntilEof { get; private set; }
    public string? EnableSecret { get; private set; }

    /// <summary>The lab that is asked for.</summary>
    public BondLab CreateLab() => BondLab.Create(new BondLabOptions { Start = Start, EnableSecret = EnableSecret });

    /// <summary>Reads the command line; null when it is not understood.</summary>
    public static ProgramOptions? Parse(string[] arguments)
    {
        if (arguments.Length == 0 || arguments[0] is not ("host" or "switch" or "serve"))
            return null;
        // sshd passes what the client asked for; a terminal asks for nothing.
        var options = new ProgramOptions(arguments[0]) { Command = Environment.GetEnvironmentVariable("SSH_ORIGINAL_COMMAND") };
        for (var i = 1; i < arguments.Length; i++)
        {
            if (arguments[i] == "--until-eof")
            {
                options.UntilEof = true;
                continue;
            }
            if (i + 1 == arguments.Length)
                return null;
            var value = arguments[++i];
            switch (arguments[i - 1])
            {
                case "--socket":
                    options.Socket = value;
                    break;
                case "--command":
                    options.Command = value;
                    break;
                case "--start" when value is "bare" or "article":
                    options.Start = value == "bare" ? BondLabStart.Bare : BondLabStart.Article;
                    break;
                case "--enable-secret":
                    options.EnableSecret = value;
                    break;
                default:
                    return null;
            }
        }
        if (string.IsNullOrEmpty(options.Command))
            options.Command = null;
        return options.Verb == "serve" && options.Socket is null ? null : options;
    }
}
#endif
