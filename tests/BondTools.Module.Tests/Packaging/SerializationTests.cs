using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Capture;
using BondTools.Cisco;
using BondTools.Fuzzing;
using BondTools.Hashing;
using BondTools.Lacp;
using BondTools.Linux;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Packaging;

/// <summary>One filled instance of every record that a cmdlet writes, taken to Clixml and JSON and looked at again.</summary>
public class SerializationTests(SerializationTests.Records records) : IClassFixture<SerializationTests.Records>
{
    public static TheoryData<Type> Types =>
    [
        typeof(BondStatus), typeof(LinkCounter), typeof(NetworkInterface), typeof(PveBond), typeof(PveBridge), typeof(PveOvsBond), typeof(PveOvsBridge), typeof(PveVlan), typeof(ContainerNetwork),
        typeof(NetworkChange), typeof(NetworkPublication), typeof(NetworkPublicationRecord), typeof(CiscoEtherChannel), typeof(CiscoEtherChannelDetail), typeof(CiscoLoadBalance), typeof(CiscoLacpNeighbor),
        typeof(CiscoLacpInternal), typeof(CiscoLacpCounter), typeof(CiscoLinkCounter), typeof(CiscoInterfaceStatus),
        typeof(LacpLinkReport), typeof(CiscoEtherChannelReport), typeof(LacpBalanceReport), typeof(LacpBalanceSample), typeof(LacpBalanceEvent), typeof(LacpFrame), typeof(LacpStateChange), typeof(BondCaptureFile),
        typeof(CaptureReport), typeof(BondLinkChoice),
        typeof(BondSession), typeof(BondLabSession),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_property_has_the_same_text_after_Clixml(Type type)
    {
        var record = records.Of(type);
        Assert.All(type.GetProperties(), property => Assert.Contains(record.Before.Keys, path => IsOrIsIn(path, property.Name)));
        Assert.DoesNotContain("cannot be indexed", record.Before.Values);
        Assert.Equal(record.Before, record.After);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void It_looks_the_same_after_Clixml(Type type) => Assert.Equal("True True True", records.Of(type).SameViews);

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_property_is_in_its_JSON(Type type)
    {
        var record = records.Of(type);
        var json = new Dictionary<string, JsonElement>();
        Flatten("", JsonDocument.Parse(record.Json).RootElement, json);
        foreach (var (path, text) in record.Before)
        {
            // A value such as an address is an object of several properties in JSON.
            Assert.Contains(json.Keys, key => IsOrIsIn(key, path));
            if (json.TryGetValue(path, out var value) && value.ValueKind == JsonValueKind.String)
                Assert.Equal(text, value.GetString() != text && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var time) && text.Contains(':')
                    ? time.ToString(CultureInfo.InvariantCulture)
                    : value.GetString());
        }
    }

    [Theory]
    [InlineData(typeof(BondStatus), "Name DriverVersion Mode TransmitHashPolicy MiiStatus MiiPollingInterval UpDelay DownDelay PeerNotificationDelay LacpActive LacpRate MinLinks AdSelect SystemPriority SystemMacAddress ActiveAggregatorId PortCount ActorKey PartnerKey PartnerMacAddress PrimarySlave CurrentActiveSlave ArpIpTargets Slaves Negotiated Reason")]
    [InlineData(typeof(BondSlave), "Name MiiStatus SpeedMbps Duplex LinkFailureCount PermanentHardwareAddress QueueId AggregatorId ActorChurnState PartnerChurnState ActorChurnedCount PartnerChurnedCount Actor Partner")]
    [InlineData(typeof(LacpPort), "SystemPriority SystemMacAddress Key PortPriority PortNumber State")]
    [InlineData(typeof(LacpFrame), "FrameNumber Time Interface SourceMacAddress VlanIds Subtype Version Actor Partner CollectorMaxDelay Tlvs Marker Malformed")]
    [InlineData(typeof(CiscoEtherChannel), "Group PortChannel Flags Layer InUse Protocol Members")]
    [InlineData(typeof(CiscoEtherChannelMember), "Interface Flags State Bundled")]
    [InlineData(typeof(LinkCounter), "Interface Master MacAddress Mtu State RxBytes RxPackets RxErrors RxDropped TxBytes TxPackets TxErrors TxDropped")]
    [InlineData(typeof(LacpLinkReport), "Passed Links Findings")]
    [InlineData(typeof(CiscoEtherChannelReport), "Passed Members NotExamined")]
    [InlineData(typeof(CiscoMemberDiagnosis), "Interface Flags State Bundled")]
    [InlineData(typeof(UnbundledCause), "Reason Certain Message")]
    [InlineData(typeof(LacpLink), "HostInterface SwitchInterface Bundled")]
    [InlineData(typeof(Finding), "RuleId Severity Message Evidence Remedy End")]
    [InlineData(typeof(LacpBalanceReport), "Passed Links Fairness AsymmetricFlows Findings")]
    [InlineData(typeof(LacpBalanceLink), "Interface TxBytes RxBytes TxShare RxShare Flows")]
    public void What_scripts_rely_on_has_its_name(Type type, string names) =>
        Assert.Empty(names.Split(' ').Except(type.GetProperties().Select(property => property.Name)));

    private static bool IsOrIsIn(string path, string name) =>
        path.StartsWith(name, StringComparison.Ordinal) && (path.Length == name.Length || path[name.Length] is '.' or '[');

    private static void Flatten(string path, JsonElement element, Dictionary<string, JsonElement> found)
    {
        found[path] = element;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
                Flatten(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, found);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in element.EnumerateArray().Index())
                Flatten($"{path}[{index}]", item, found);
        }
    }

    internal sealed record Record(Dictionary<string, string> Before, Dictionary<string, string> After, string SameViews, string Json);

    /// <summary>The records, from the article on the lab, with a cable pulled at the end so that there is something to find.</summary>
    public sealed class Records : IAsyncLifetime
    {
        private const string Script = """
            $ErrorActionPreference = 'Stop'
            $ConfirmPreference = 'None'
            # Every property down to plain values, as "path<tab>text". The types before say which properties there are.
            function Get-Leaf($path, $before, $value) {
              if ($null -eq $before) { "$path`t$value" }
              elseif ($before -isnot [string] -and $before -is [System.Collections.IEnumerable]) {
                if ($before.Count -ne $value.Count) { "$path`t$($value.Count) of $($before.Count)" }
                if ($before.Count -eq 0) { "$path`tempty" }
                elseif ($before[0].GetType() -eq $before.GetType()) { return "$path`tcannot be indexed" }
                for ($i = 0; $i -lt $before.Count; $i++) { Get-Leaf "$path[$i]" $before[$i] $value[$i] }
              }
              elseif ($before.GetType().Namespace -notlike 'BondTools*' -or $before -is [enum] -or $before -is [BondTools.MacAddress] -or $before -is [BondTools.Linux.KernelOption]) { "$path`t$("$value" -replace '\n', '\n')" }
              else {
                foreach ($property in $before.GetType().GetProperties()) {
                  $name = $property.Name
                  Get-Leaf $(if ($path) { "$path.$name" } else { $name }) $before.$name $value.$name
                }
              }
            }
            $lab = Start-BondLab
            $pve = $lab.Host
            $switch = $lab.Switch
            $records = & {
              $null = New-CiscoEtherChannel -Session $switch -Group 1 -Interface Ethernet0/0, Ethernet0/1 -Mode Active
              New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode 802.3ad -TransmitHashPolicy layer2+3
              New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0
              Get-PveNetworkChange -Session $pve
              Publish-PveNetworkChange -Session $pve
              Get-PveNetworkHistory -Session $pve
              Set-PveContainerNetwork -Session $pve -ContainerId 101 -Bridge vmbr1 -IPv4 192.168.1.10/24
              Get-PveBondStatus -Session $pve
              Get-PveLinkCounter -Session $pve -Interface enp0s8
              Get-PveNetworkInterface -Session $pve -Name vmbr0
              Get-PveBond -Session $pve
              Get-PveBridge -Session $pve -Name vmbr0
              New-PveVlan -Session $pve -Name bond0.100 -Mtu 1500 -Address 10.0.0.5/24, 2001:db8::5/64 -Gateway6 2001:db8::1 -Comment 'storage' -WhatIf -PassThru
              New-PveBridge -Session $pve -Name vmbr2 -Ovs -Mtu 1500 -Address 10.0.0.6/24 -Comment 'switched' -PassThru
              New-PveBond -Session $pve -Name bond1 -Slave enp0s10, enp0s11 -OvsBridge vmbr2 -OvsMode lacp-balance-tcp -LacpRate Fast -VlanTag 7 -Mtu 1500 -Comment 'switched' -PassThru
              Get-PveContainerNetwork -Session $pve -ContainerId 101
              Get-CiscoEtherChannel -Session $switch
              ConvertFrom-CiscoEtherChannelDetail @'
            Group: 7
            Group state = L2
            Ports: 1   Maxports = 16
            Protocol:   LACP
            Port: Gi1/0/1
            Port state    = Up Mstr Assoc In-Bndl
            Channel group = 7           Mode = Active          Gcchange = -
            Port-channel  = Po7         GC   =   -             Pseudo port-channel = Po7
            Port index    = 1           Load = 0x55            Protocol =   LACP
            Local information:
            Gi1/0/1   SA      bndl      32768         0x7       0x7     0x102       0x3D
             Partner's information:
            Gi1/0/1   SA      255       0800.2704.ddbd  11s    0x0    0x9    0x1     0x3D
            Age of the port in the current state: 1d:02h:03m:04s
            Port-channel: Po7    (Primary Aggregator)
            Age of the Port-channel   = 0d:00h:30m:09s
            Port state          = Port-channel Ag-Inuse
            Ports in the Port-channel:
              1     55     Gi1/0/1  Active             4
            '@
              Get-CiscoEtherChannelLoadBalance -Session $switch
              (Get-CiscoLacpNeighbor -Session $switch)[0]
              (Get-CiscoLacpInternal -Session $switch)[0]
              "Port Sent Recv Sent Recv Sent Recv Pkts Err`nChannel group: 1`nEt0/0 1 2 3 4 5 6 7 8" | ConvertFrom-CiscoLacpCounter
              Get-CiscoLinkCounter -Session $switch -Interface Ethernet0/0
              (Get-CiscoInterfaceStatus -Session $switch)[0]
              Test-LacpBalance -Session $pve -GenerateTraffic -ContainerId 101 -Destination 192.168.1.1, 192.168.1.2 -WarningAction SilentlyContinue
              Set-BondLabFault -Lab $lab -Fault WrongKey -Link 1
              $watched = Watch-LacpBalance -Session $pve -IntervalSec 0.5 -Count 8 -PassThru
              @($watched | Where-Object { $_ -is [BondTools.Analysis.LacpBalanceSample] })[0]
              @($watched | Where-Object { $_ -is [BondTools.Analysis.LacpBalanceEvent] })[0]
              Test-LacpLink -Session $pve, $switch
              Test-CiscoEtherChannel -Session $switch
              Get-LacpFrame $capture | Where-Object Version -eq 2
              Get-LacpFrame $capture -Timeline
              Start-BondCapture -Session $pve -DurationSec 1 -OutputFolder $folder
              Measure-BondCapture $capture
              Resolve-BondLink -SourceAddress 10.0.0.1 -DestinationAddress 10.0.0.2 -SourcePort 1 -DestinationPort 2 -Protocol tcp -TransmitHashPolicy layer3+4 -SlaveCount 2
              $pve
              $lab
            }
            foreach ($before in $records) {
              $after = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($before))
              "record`t$($before.GetType().FullName)"
              Get-Leaf '' $before $before | ForEach-Object { "before`t$_" }
              Get-Leaf '' $before $after | ForEach-Object { "after`t$_" }
              $views = foreach ($width in 100, 120) { ($before | Out-String -Width $width) -eq ($after | Out-String -Width $width) }
              "views`t$views $(($before | Format-List | Out-String) -eq ($after | Format-List | Out-String))"
              "json`t$($before | ConvertTo-Json -Depth 6 -Compress)"
            }
            Stop-BondLab
            """;

        private readonly Dictionary<string, Record> _records = [];

        internal Record Of(Type type) => _records[type.FullName!];

        public async ValueTask InitializeAsync()
        {
            using var folder = new TemporaryFolder();
            var capture = folder.File("capture.pcap");
            await File.WriteAllBytesAsync(capture, CaptureWriter.Pcap(SlowFrames.EveryKind()));
            var lines = (await ShellProcess.RunAsync("-Command", $"$capture = '{capture}'\n$folder = '{folder.Path}'\n{Script}")).Lines.Select(line => line.Split('\t', 2)).ToArray();
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i][0] != "record")
                    continue;
                var own = lines.Skip(i + 1).TakeWhile(line => line[0] != "record").ToLookup(line => line[0], line => line[1]);
                _records[lines[i][1]] = new Record(Leaves(own["before"]), Leaves(own["after"]), own["views"].Single(), own["json"].Single());
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static Dictionary<string, string> Leaves(IEnumerable<string> lines) =>
            lines.Select(line => line.Split('\t', 2)).ToDictionary(leaf => leaf[0], leaf => leaf[1].Replace("\\n", "\n", StringComparison.Ordinal));
    }
}
