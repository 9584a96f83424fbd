using System;
using System.Globalization;

namespace BondTools.Module.Devices;

/// <summary>What to capture on each link of a bond, and when to end.</summary>
internal sealed record CaptureRequest
{
    /// <summary>LACPDUs and markers, tagged ones too.</summary>
    public const string SlowProtocolsFilter = "ether proto 0x8809 or (vlan and ether proto 0x8809)";

    /// <summary>The bond whose slaves are captured on.</summary>
    public required string Bond { get; init; }

    /// <summary>An expression of pcap-filter(7), validated; empty is everything.</summary>
    public required string Filter { get; init; }

    /// <summary>How long.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many bytes of each frame; 0 is all.</summary>
    public required int SnapLength { get; init; }

    /// <summary>How many frames of each link; 0 is any number.</summary>
    public required long MaximumPackets { get; init; }

    /// <summary>How many bytes of each link, as they are in a file; 0 is any number.</summary>
    public required long MaximumBytes { get; init; }

    /// <summary>Where files go; null where none are wanted.</summary>
    public required string? Folder { get; init; }

    /// <summary>The greatest length of a file, in bytes; the next one follows.</summary>
    public required long RotateBytes { get; init; }

    /// <summary>How many files of each link are kept, the latest; 0 is all.</summary>
    public required int KeepFiles { get; init; }

    /// <summary>The command that captures on a link; the host itself ends it, also when nobody is left to.</summary>
    public string CommandFor(string slave)
    {
        var count = MaximumPackets == 0 ? "" : string.Format(CultureInfo.InvariantCulture, " -c {0}", MaximumPackets);
        var filter = Filter.Length == 0 ? "" : " " + ShellWord.Quote(Filter);
        return string.Format(
            CultureInfo.InvariantCulture,
            "timeout {0} tcpdump -i {1} -p -U -w - -s {2}{3}{4}",
            (long)Duration.TotalSeconds,
            ShellWord.Quote(slave),
            SnapLength,
            count,
            filter);
    }
}
