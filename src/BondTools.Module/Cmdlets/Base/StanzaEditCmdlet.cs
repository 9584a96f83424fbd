using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;

namespace BondTools.Module.Cmdlets;

/// <summary>What every stanza of the interfaces file can say, for the cmdlets that write one.</summary>
public abstract class StanzaEditCmdlet : NetworkEditCmdlet
{
    /// <summary>The MTU in bytes, 1280 to 65520.</summary>
    [Parameter]
    [ValidateRange(1280, 65520)]
    public int? Mtu { get; set; }

    /// <summary>Addresses in CIDR form (<c>192.168.1.5/24</c>, <c>2001:db8::5/64</c>).</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Address { get; set; }

    /// <summary>The IPv4 default gateway.</summary>
    [Parameter]
    public IPAddress? Gateway { get; set; }

    /// <summary>The IPv6 default gateway.</summary>
    [Parameter]
    public IPAddress? Gateway6 { get; set; }

    /// <summary>A comment, one line.</summary>
    [Parameter]
    public string? Comment { get; set; }

    /// <summary>Refuses what Open vSwitch has not.</summary>
    /// <param name="names">The parameters that are given.</param>
    /// <param name="kind">What it is that has not got them.</param>
    private protected void RefuseForeign(IEnumerable<string> names, string kind)
    {
        if (names.FirstOrDefault() is { } name)
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"{name} is a setting of the kernel's {kind}s; {Name} is a {kind} of Open vSwitch.");
    }
}
