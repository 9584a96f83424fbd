using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading.Tasks;
using System.Xml.Linq;
using BondTools.Analysis;
using Xunit;

namespace BondTools.Module.Tests.Packaging;

public class HelpTests
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly XElement[] Commands =
        [.. XDocument.Load(Path.Combine(Repository.Module, "en-US", "BondTools.Module.dll-Help.xml")).Root!.Elements(Command + "command")];

    [Fact]
    public void Describes_exactly_the_cmdlets_that_there_are() =>
        Assert.Equal(ModuleAssembly.Cmdlets.Select(cmdlet => cmdlet.Name), Commands.Select(Name));

    [Fact]
    public void Every_cmdlet_has_a_synopsis_a_description_and_two_examples_with_output() => Assert.All(Commands, command =>
    {
        Assert.NotEqual("", command.Element(Command + "details")!.Element(Maml + "description")!.Value);
        Assert.NotEqual("", command.Element(Maml + "description")!.Value);
        var examples = command.Element(Command + "examples")!.Elements().ToArray();
        Assert.True(examples.Length >= 2, $"{Name(command)} has {examples.Length} examples.");
        Assert.All(examples, example => Assert.True(
            example.Element(Dev + "code")!.Value.Contains('\n', StringComparison.Ordinal), $"{example.Element(Maml + "title")!.Value} of {Name(command)} shows no output."));
    });

    [Fact]
    public void Every_parameter_is_described()
    {
        var common = Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters).ToHashSet();
        foreach (var cmdlet in ModuleAssembly.Cmdlets)
        {
            var described = Commands.Single(command => Name(command) == cmdlet.Name).Element(Command + "parameters")!.Elements()
                .Where(parameter => parameter.Element(Maml + "description")?.Value.Length > 0)
                .Select(parameter => parameter.Element(Maml + "name")!.Value);
            var declared = cmdlet.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetCustomAttributes<ParameterAttribute>().Any())
                .Select(property => property.Name)
                .Where(name => !common.Contains(name));
            Assert.Equal(declared.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_engine_finds_the_help_of_cmdlets_and_the_topics()
    {
        var lines = (await ShellProcess.RunAsync("-Command", """
            (Get-Help Get-BondSession).Synopsis
            @((Get-Help Get-BondSession).Examples.Example).Count -ge 2
            (Get-Help about_BondTools) -match 'SHORT DESCRIPTION'
            """)).Lines;
        var synopsis = Commands.Single(command => Name(command) == "Get-BondSession").Element(Command + "details")!.Element(Maml + "description")!.Value;
        Assert.Equal([synopsis, "True", "True"], lines);
    }

    [Fact]
    public void Every_rule_has_a_page_and_every_page_has_a_rule()
    {
        // A page is the rule's name on a line of its own, and below it how bad it is and at which end.
        var lines = File.ReadAllLines(Path.Combine(Repository.Module, "en-US", "about_BondTools_Rules.help.txt"));
        var pages = lines.Zip(lines.Skip(1)).Where(pair => Severities.Any(word => pair.Second.StartsWith($"        {word}, ", StringComparison.Ordinal)))
            .Select(pair => pair.First.Trim()).ToList();
        Assert.Equal(LacpLinkAnalyzer.RuleIds.Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    private static string[] Severities => Enum.GetNames<FindingSeverity>();

    private static string Name(XElement command) => command.Element(Command + "details")!.Element(Command + "name")!.Value;
}
