using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading.Tasks;
using System.Xml.Linq;
using BondTools.Linux;
using Xunit;

namespace BondTools.Module.Tests.Packaging;

public class FormatTests
{
    private static readonly XDocument[] Formats = [.. Directory.GetFiles(Repository.Module, "*.Format.ps1xml").Select(XDocument.Load)];

    [Fact]
    public void Every_record_that_a_cmdlet_writes_has_a_view_and_so_has_its_deserialized_twin()
    {
        var selected = Formats.SelectMany(format => format.Descendants("ViewSelectedBy").Elements("TypeName")).Select(name => name.Value).ToHashSet();
        var missing = Records().SelectMany(type => new[] { type.FullName!, "Deserialized." + type.FullName }).Where(name => !selected.Contains(name));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_view_shows_properties_that_there_are()
    {
        var types = typeof(BondStatus).Assembly.GetTypes().ToDictionary(type => type.FullName!);
        foreach (var view in Formats.SelectMany(format => format.Descendants("View")))
        {
            // A view may come before its record; a misspelt name shows in the test above.
            if (!types.TryGetValue(view.Descendants("TypeName").First().Value, out var type))
                continue;
            Assert.All(view.Descendants("PropertyName"), name => Assert.NotNull(type.GetProperty(name.Value)));
        }
    }

    [Fact]
    public void Every_table_fits_a_hundred_columns()
    {
        // A column without a width gets what is left, which must be something.
        const int leastForTheRest = 12;
        foreach (var table in Formats.SelectMany(format => format.Descendants("TableHeaders")))
        {
            var widths = table.Elements().Select(column => (int?)column.Element("Width") ?? leastForTheRest).ToArray();
            Assert.InRange(widths.Sum() + widths.Length - 1, 1, 99);
        }
    }

    [Fact]
    public void Every_enumeration_is_kept_as_text_so_that_it_compares_with_its_name_afterwards()
    {
        var asText = XDocument.Load(Path.Combine(Repository.Module, "BondTools.Types.ps1xml")).Descendants("Type")
            .Where(type => type.Descendants("NoteProperty").Any(note => note.Element("Name")!.Value == "SerializationMethod"))
            .Select(type => type.Element("Name")!.Value);
        var enums = Records().SelectMany(record => record.GetProperties())
            .Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            .Where(type => type.IsEnum && type.Assembly == typeof(BondStatus).Assembly)
            .Select(type => type.FullName!);
        Assert.Empty(enums.Except(asText));
    }

    [Fact]
    public async Task What_the_article_shows_survives_Clixml_and_looks_the_same_afterwards()
    {
        var result = await ShellProcess.RunAsync("-Command", $$"""
            $text = Get-Content '{{Path.Combine(Repository.Root, "tests", "BondTools.Tests", "Samples", "article-bond0.txt")}}' -Raw
            $before = [BondTools.Linux.BondStatusParser]::Parse($text, 'bond0', 'pve1')
            $after = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($before))
            "$($after.Mode -eq '802.3ad') $($after.TransmitHashPolicy -eq 'layer2+3') $($after.MiiStatus -eq 'Up') $($after.LacpRate -eq 'Slow')"
            "$($after.ActorKey) $($after.PartnerKey) $($after.PartnerMacAddress -eq 'aa:bb:cc:00:01:00') $($after.MiiPollingInterval.TotalMilliseconds)"
            foreach ($slave in $after.Slaves) {
              "$($slave.Name) $($slave.SpeedMbps) $($slave.PermanentHardwareAddress) $($slave.Actor.Key) $($slave.Partner.PortNumber) $($slave.Partner.State)"
            }
            ($before | Out-String -Width 100) -eq ($after | Out-String -Width 100)
            ($before | Format-List | Out-String) -eq ($after | Format-List | Out-String)
            ($before.Slaves | Out-String) -eq ($after.Slaves | Out-String)
            ($before | ConvertTo-Json -Depth 4).Contains('aa:bb:cc:00:01:00')
            """);
        const string state = "Activity, Aggregation, Synchronization, Collecting, Distributing";
        Assert.Equal(
            [
                "True True True True", "9 1 True 100",
                $"enp0s8 1000 08:00:27:04:dd:bd 9 1 {state}", $"enp0s9 1000 08:00:27:3a:18:93 9 2 {state}",
                "True", "True", "True", "True",
            ],
            result.Lines);
    }

    /// <summary>The types that the cmdlets declare as output, and those inside them.</summary>
    private static HashSet<Type> Records()
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>(ModuleAssembly.Cmdlets
            .SelectMany(cmdlet => cmdlet.Type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(output => output.Type)
            .Select(output => output.Type));
        while (open.TryDequeue(out var type))
        {
            var element = type.IsGenericType ? type.GetGenericArguments()[^1] : type;
            var isRecord = element.Assembly == typeof(BondStatus).Assembly && !element.IsEnum
                && !typeof(KernelOption).IsAssignableFrom(element) && element != typeof(MacAddress);
            if (!isRecord || !found.Add(element))
                continue;
            foreach (var property in element.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                open.Enqueue(property.PropertyType);
        }
        return found;
    }
}
