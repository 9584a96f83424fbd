using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Lab.Host;

/// <summary>An iface stanza as ifupdown2 reads it: later lines of the same key add up.</summary>
internal sealed class InterfaceStanza
{
    private readonly List<(string Key, string Value)> _options = [];

    public InterfaceStanza(string name, string method) => (Name, Method) = (name, method);

    public string Name { get; }
    public string Method { get; }
    public bool Auto { get; set; }
    public IReadOnlyList<(string Key, string Value)> Options => _options;
    public bool IsBond => Words("bond-slaves") is not null;
    public bool IsBridge => Words("bridge-ports") is not null;

    public void Add(string key, string value) => _options.Add((key, value));

    /// <summary>The value of an option; bond_mode and bond-mode are the same.</summary>
    public string? Value(string key) =>
        _options.Where(o => o.Key.Replace('_', '-') == key).Select(o => o.Value).FirstOrDefault();

    /// <summary>The values of every line of an option.</summary>
    public IEnumerable<string> Values(string key) => _options.Where(o => o.Key == key).Select(o => o.Value);

    /// <summary>The words of a list option, without <c>none</c>; null when it is not there.</summary>
    public IReadOnlyList<string>? Words(string key)
    {
        var values = _options.Where(o => o.Key.Replace('_', '-') == key || (key == "bond-slaves" && o.Key == "slaves")).ToList();
        return values.Count == 0 ? null
            : values.SelectMany(o => o.Value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w != "none").ToList();
    }
}

/// <summary>
/// Reads what ifreload needs of /etc/network/interfaces. It is apart from the domain's lossless reader on purpose: a lab that
/// understood the file through the code under test would agree with its mistakes.
/// </summary>
internal static class InterfaceStanzas
{
    public static List<InterfaceStanza> Read(string text)
    {
        var stanzas = new List<InterfaceStanza>();
        var auto = new HashSet<string>(StringComparer.Ordinal);
        InterfaceStanza? current = null;
        foreach (var raw in text.Replace("\\\n", " ").Split('\n'))
        {
            var words = raw.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] == '#')
                continue;
            switch (words[0])
            {
                case "auto" or "allow-auto":
                    auto.UnionWith(words.Skip(1));
                    current = null;
                    break;
                case "iface":
                    var name = words.Length > 1 ? words[1] : "";
                    // A second stanza (inet6) of an interface adds to the first.
                    current = stanzas.Find(s => s.Name == name);
                    if (current is null)
                        stanzas.Add(current = new InterfaceStanza(name, words.Length > 3 ? words[3] : "manual"));
                    break;
                case "source" or "source-directory" or "mapping":
                    current = null;
                    break;
                default:
                    current?.Add(words[0], string.Join(" ", words.Skip(1)));
                    break;
            }
        }
        foreach (var stanza in stanzas)
            stanza.Auto = auto.Contains(stanza.Name);
        return stanzas;
    }
}
