using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using Xunit;

namespace BondTools.Module.Tests.Packaging;

public class ManifestTests
{
    private static readonly Hashtable Manifest = ReadManifest();

    [Fact]
    public void Exports_exactly_the_cmdlets_that_there_are()
    {
        var exported = ((object[])Manifest["CmdletsToExport"]!).Cast<string>().ToArray();
        Assert.Equal(ModuleAssembly.Cmdlets.Select(cmdlet => cmdlet.Name), exported);
    }

    [Fact]
    public void Has_the_version_of_the_assemblies() =>
        Assert.Equal(ModuleAssembly.Assembly.GetName().Version!.ToString(3), Manifest["ModuleVersion"]);

    [Fact]
    public void Every_verb_is_approved()
    {
        var approved = typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(VerbsCommon).Namespace && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetRawConstantValue())
            .ToHashSet();
        Assert.All(ModuleAssembly.Cmdlets, cmdlet => Assert.Contains(cmdlet.Verb, approved));
    }

    [Fact]
    public void Every_noun_tells_whose_it_is()
    {
        string[] prefixes = ["Pve", "Cisco", "Lacp", "Bond"];
        // Text without a device belongs to no end of the cable.
        HashSet<string> converted = ["LinkCounter", "NetworkInterface"];
        Assert.All(ModuleAssembly.Cmdlets, cmdlet => Assert.True(
            prefixes.Any(prefix => cmdlet.Noun.StartsWith(prefix, StringComparison.Ordinal))
                || (cmdlet.Verb == VerbsData.ConvertFrom && converted.Contains(cmdlet.Noun)),
            cmdlet.Name));
    }

    [Fact]
    public void Every_file_is_in_the_packed_module_and_none_twice()
    {
        var source = Path.Combine(Repository.Root, "Module");
        var wanted = Directory.GetFiles(source, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(source, file)).Order();
        var packed = Directory.GetFiles(Repository.Module, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.Module, file)).ToArray();
        Assert.Equal(wanted, packed.Where(file => !file.StartsWith("bin", StringComparison.Ordinal)).Order());

        foreach (var flavour in new[] { "net8.0", "netstandard2.0" })
        {
            var folder = Path.Combine("bin", flavour);
            var names = packed.Where(file => Path.GetDirectoryName(file) == folder).Select(file => Path.GetFileName(file)).ToArray();
            Assert.All(names, name => Assert.EndsWith(".dll", name, StringComparison.Ordinal));
            Assert.Superset(new HashSet<string> { "BondTools.dll", "BondTools.Module.dll", "BondTools.Lab.dll", "Renci.SshNet.dll" }, names.ToHashSet());
            Assert.DoesNotContain("System.Management.Automation.dll", names);
        }
        Assert.DoesNotContain(packed, file => file.StartsWith("bin", StringComparison.Ordinal) && file.Split(Path.DirectorySeparatorChar).Length != 3);
    }

    private static Hashtable ReadManifest()
    {
        var script = Parser.ParseFile(Repository.Manifest, out _, out var errors);
        Assert.Empty(errors);
        return (Hashtable)((HashtableAst)script.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)!).SafeGetValue();
    }
}
