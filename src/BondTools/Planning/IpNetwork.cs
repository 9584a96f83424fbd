using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BondTools.Planning;

/// <summary>An address with its prefix length.</summary>
internal readonly struct IpNetwork
{
    private readonly byte[] _address;

    private IpNetwork(IPAddress address, int prefixLength) => (Address, _address, PrefixLength) = (address, address.GetAddressBytes(), prefixLength);

    /// <summary>The address.</summary>
    public IPAddress Address { get; }

    /// <summary>The length of the prefix in bits.</summary>
    public int PrefixLength { get; }

    /// <summary>Reads <c>192.168.1.10/24</c> or <c>2001:db8::2/64</c>.</summary>
    public static bool TryParse(string text, out IpNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/');
        if (slash <= 0 || !TryParseAddress(text.Substring(0, slash), out var address)
            || !int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
            return false;
        network = new IpNetwork(address, length);
        return true;
    }

    /// <summary>Reads an address in its usual form; IPAddress also takes "1", octal numbers and zones.</summary>
    public static bool TryParseAddress(string text, out IPAddress address)
    {
        if (!IPAddress.TryParse(text, out address!) || text.IndexOfAny(['%', '[', ' ']) >= 0)
            return false;
        return address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text;
    }

    /// <summary>Whether an address is in the network.</summary>
    public bool Contains(IPAddress other)
    {
        var bytes = other.GetAddressBytes();
        if (bytes.Length != _address.Length)
            return false;
        for (var bit = 0; bit < PrefixLength; bit++)
        {
            if (((bytes[bit >> 3] ^ _address[bit >> 3]) & (0x80 >> (bit & 7))) != 0)
                return false;
        }

        return true;
    }
}
