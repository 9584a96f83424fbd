namespace BondTools.Cisco;

/// <summary>Reads <c>show lacp sys-id</c> (NX-OS: <c>show lacp system-identifier</c>).</summary>
public static class LacpSystemIdParser
{
    private const string Expected = "show lacp sys-id";

    /// <summary>Reads the first line of the form <c>32768, aabb.cc00.0100</c>.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <exception cref="UnexpectedOutputException">There is no such line.</exception>
    public static CiscoLacpSystemId Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        foreach (var line in lines)
        {
            if (TryParse(line, out var priority, out var address))
                return new CiscoLacpSystemId { ComputerName = computerName, SystemPriority = priority, SystemMacAddress = address };
        }
        throw CiscoText.NotFound(Expected, lines, "there is no line with a priority, a comma and a MAC address");
    }

    /// <summary>Reads a system id: priority (IOS XR: hexadecimal), comma, MAC address, with or without blanks and leading zeros.</summary>
    internal static bool TryParse(string text, out int priority, out MacAddress address)
    {
        priority = 0;
        address = MacAddress.Zero;
        var comma = text.IndexOf(',');
        return comma > 0
            && CiscoText.TryWord16(text.Substring(0, comma).Trim(), out priority)
            && MacAddress.TryParse(text.Substring(comma + 1).Trim(), out address);
    }
}
