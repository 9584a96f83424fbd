using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads the port-channels of a device, whichever it is: IOS and IOS-XE, NX-OS (<see cref="EtherChannelSummaryParser"/>) or IOS XR (<see cref="BundleParser"/>).</summary>
public static class CiscoEtherChannelParser
{
    /// <summary>Reads all port-channels of a text.</summary>
    /// <param name="text">The output of <c>show etherchannel summary</c>, <c>show port-channel summary</c> or <c>show bundle</c>.</param>
    /// <param name="computerName">The device it came from, if it is known.</param>
    /// <exception cref="UnexpectedOutputException">The text is none of them, or a part of it is not understood.</exception>
    public static IReadOnlyList<CiscoEtherChannel> Parse(string text, string? computerName = null) =>
        // A line that only IOS XR prints, and for each bundle.
        text is not null && text.IndexOf("Local links <active", StringComparison.OrdinalIgnoreCase) >= 0
            ? BundleParser.Parse(text, computerName)
            : EtherChannelSummaryParser.Parse(text!, computerName);
}
