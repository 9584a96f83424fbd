using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace BondTools.Linux;

/// <summary>Reads the JSON of iproute2 (<c>ip -s -j link</c>).</summary>
internal static class LinkCounterJson
{
    private const string Expected = "the JSON of 'ip -s -j link'";
    private const int DeepestNesting = 32;
    private const int LongestText = 1 << 20;

    /// <summary>Reads the array that begins at a position and ends with the last bracket of the text.</summary>
    public static List<LinkCounter> Parse(string text, int start)
    {
        var end = text.LastIndexOf(']');
        if (end < start)
            throw new UnexpectedOutputException(Expected, "", 0, "the array is not closed.");

        var counters = new List<LinkCounter>();
        foreach (var link in Read(text.Substring(start, end - start + 1)).Elements())
        {
            // Some versions of ip print {} for each interface that a filter left out.
            if (link.HasElements)
                counters.Add(ReadLink(link));
        }

        return counters;
    }

    private static XElement Read(string json)
    {
        var quotas = new XmlDictionaryReaderQuotas { MaxDepth = DeepestNesting, MaxStringContentLength = LongestText };
        try
        {
            using var reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(json), quotas);
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw new UnexpectedOutputException(Expected, FirstLine(json), 1, e.Message);
        }
    }

    private static LinkCounter ReadLink(XElement link)
    {
        var name = (string?)link.Element("ifname");
        if (string.IsNullOrEmpty(name))
            throw new UnexpectedOutputException(Expected, FirstLine(link.Value), 1, "an interface has no 'ifname'.");
        // Before iproute2 4.19 the 64-bit counters were under "stats".
        var stats = link.Element("stats64") ?? link.Element("stats")
            ?? throw new UnexpectedOutputException(Expected, name!, 1, $"{name} has no counters: the command needs -s.");
        return new LinkCounter
        {
            Interface = name!,
            Master = (string?)link.Element("master"),
            MacAddress = Mac(link.Element("address")),
            PermanentMacAddress = Mac(link.Element("permaddr")),
            Mtu = link.Element("mtu") is null ? null : checked((int)Number(link, "mtu", name!)),
            State = (string?)link.Element("operstate"),
            AdministrativelyUp = link.Element("flags") is { HasElements: true } flags ? flags.Elements().Any(flag => flag.Value == "UP") : null,
            RxBytes = Number(stats.Element("rx"), "bytes", name!),
            RxPackets = Number(stats.Element("rx"), "packets", name!),
            RxErrors = Number(stats.Element("rx"), "errors", name!),
            RxDropped = Number(stats.Element("rx"), "dropped", name!),
            TxBytes = Number(stats.Element("tx"), "bytes", name!),
            TxPackets = Number(stats.Element("tx"), "packets", name!),
            TxErrors = Number(stats.Element("tx"), "errors", name!),
            TxDropped = Number(stats.Element("tx"), "dropped", name!),
        };
    }

    private static MacAddress? Mac(XElement? element) => MacAddress.TryParse((string?)element, out var address) ? address : null;

    private static long Number(XElement? parent, string key, string name)
    {
        var text = (string?)parent?.Element(key);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (key == "mtu" && number > int.MaxValue))
            throw new UnexpectedOutputException(Expected, text ?? "", text is null ? 0 : 1, $"'{key}' of {name} is no number.");
        return number;
    }

    private static string FirstLine(string text)
    {
        var end = text.IndexOf('\n');
        return end < 0 ? text : text.Substring(0, end);
    }
}
