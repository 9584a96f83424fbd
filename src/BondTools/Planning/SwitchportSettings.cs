using System.Collections.Generic;
using System.Globalization;
using BondTools.Cisco;

namespace BondTools.Planning;

/// <summary>What a port-channel and its members must have alike. Defaults are null, however they are written.</summary>
internal sealed record SwitchportSettings
{
    public bool Switched { get; init; } = true;
    public CiscoSwitchportMode? Mode { get; init; }
    public string? Encapsulation { get; init; }
    public int? NativeVlan { get; init; }
    public string? AllowedVlans { get; init; }
    public int? AccessVlan { get; init; }
    public int? Mtu { get; init; }

    /// <summary>The settings of an interface; one of which no line says so is taken for a switched one.</summary>
    public static SwitchportSettings Of(CiscoInterfaceConfiguration present) => new SwitchportSettings
    {
        Switched = present.Switchport ?? true,
        Mode = present.SwitchportMode,
        Encapsulation = present.Encapsulation,
        NativeVlan = present.NativeVlan,
        AllowedVlans = present.AllowedVlans,
        AccessVlan = present.AccessVlan,
        Mtu = present.Mtu,
    }.WithoutDefaults();

    public SwitchportSettings WithoutDefaults() => this with
    {
        NativeVlan = NativeVlan == 1 ? null : NativeVlan,
        AllowedVlans = AllowedVlans is "all" or "1-4094" ? null : AllowedVlans,
        AccessVlan = AccessVlan == 1 ? null : AccessVlan,
        Mtu = Mtu == 1500 ? null : Mtu,
    };

    /// <summary>These settings after the lines that make <paramref name="to"/> of <paramref name="from"/> went to the port-channel, which hands them to its members.</summary>
    public SwitchportSettings Following(SwitchportSettings from, SwitchportSettings to) => new()
    {
        Switched = from.Switched == to.Switched ? Switched : to.Switched,
        Mode = from.Mode == to.Mode ? Mode : to.Mode,
        Encapsulation = from.Encapsulation == to.Encapsulation ? Encapsulation : to.Encapsulation,
        NativeVlan = from.NativeVlan == to.NativeVlan ? NativeVlan : to.NativeVlan,
        AllowedVlans = from.AllowedVlans == to.AllowedVlans ? AllowedVlans : to.AllowedVlans,
        AccessVlan = from.AccessVlan == to.AccessVlan ? AccessVlan : to.AccessVlan,
        Mtu = from.Mtu == to.Mtu ? Mtu : to.Mtu,
    };

    /// <summary>The lines that lead from some settings to these: the layer first, and the encapsulation before the trunk that needs it.</summary>
    /// <param name="from">The present settings; null for a port-channel that is not there yet.</param>
    public IReadOnlyList<string> LinesFrom(SwitchportSettings? from)
    {
        var lines = new List<string>();
        // What a port had on layer 2 may be lost or hidden while it is routed: after a change of layer all is said anew.
        var anew = from is null || from.Switched != Switched;
        from ??= new SwitchportSettings();
        if (anew)
            lines.Add(Switched ? " switchport" : " no switchport");
        if (Switched)
        {
            if (Mode == CiscoSwitchportMode.Trunk)
                Say("switchport trunk encapsulation", from.Encapsulation, Encapsulation);
            Say("switchport mode", Name(from.Mode), Name(Mode));
            // Also what has no effect in this mode: it would make members differ at the next change of it.
            Say("switchport trunk native vlan", Text(from.NativeVlan), Text(NativeVlan));
            SayAllowed(from.AllowedVlans);
            Say("switchport access vlan", Text(from.AccessVlan), Text(AccessVlan));
        }
        if (from.Mtu != Mtu)
            lines.Add(Mtu is null ? " no mtu" : " mtu " + Text(Mtu));
        return lines;

        void Say(string setting, string? old, string? wished)
        {
            if (wished is null ? old is not null : anew || old != wished)
                lines.Add(wished is null ? " no " + setting : $" {setting} {wished}");
        }

        void SayAllowed(string? old)
        {
            const string setting = "switchport trunk allowed vlan";
            if (AllowedVlans is null)
                Say(setting, old, null);
            if (AllowedVlans is null || (!anew && old == AllowedVlans))
                return;
            var verb = "";
            foreach (var part in CiscoVlanList.Parts(AllowedVlans))
            {
                lines.Add($" {setting} {verb}{part}");
                verb = "add ";
            }
        }
    }

    private static string? Name(CiscoSwitchportMode? mode) => mode?.ToString().ToLowerInvariant();

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
