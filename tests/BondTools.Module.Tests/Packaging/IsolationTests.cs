using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Threading.Tasks;
using Xunit;

namespace BondTools.Module.Tests.Packaging;

public class IsolationTests
{
    /// <summary>Lists what is loaded, one assembly a line: name, major version, context, path.</summary>
    private const string ListAssemblies = """
        [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object {
          if (-not $_.IsDynamic) {
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name
            "$($_.GetName().Name)|$($_.GetName().Version.Major)|$context|$($_.Location)"
          }
        }
        """;

    private static readonly string Bin = Path.Combine(Repository.Module, "bin", "net8.0");

    [Fact]
    public async Task A_foreign_SshNet_that_was_there_first_disturbs_nothing()
    {
        using var folder = new TemporaryFolder();
        var foreign = Path.Combine(folder.Path, "Renci.SshNet.dll");
        WriteForeignSshNet(foreign);
        var result = await ShellProcess.RunAsync("-NoModule", "-Command", $$"""
            $foreign = [System.Reflection.Assembly]::LoadFrom('{{foreign}}')
            $null = $foreign.GetType('Renci.SshNet.SshClient', $true).GetMethods()
            Import-Module '{{Repository.Manifest}}'
            $secret = [securestring]::new()
            Connect-PveHost -ComputerName 127.0.0.1 -Port 1 -Credential ([pscredential]::new('root', $secret)) -ErrorAction SilentlyContinue -ErrorVariable failed
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([BondTools.LoadContext]::LoadModule())
            $own = $context.LoadFromAssemblyName([System.Reflection.AssemblyName]'Renci.SshNet')
            $null = $own.GetType('Renci.SshNet.SshClient', $true).GetMethods()
            "error|0|$($failed[0].FullyQualifiedErrorId)|"
            {{ListAssemblies}}
            """);
        var loaded = result.Lines.Select(line => line.Split('|')).ToArray();

        // The attempt to connect must fail for its own reason, not for a missing method.
        Assert.StartsWith("BondTools.ConnectFailed", Assert.Single(loaded, line => line[0] == "error")[2], StringComparison.Ordinal);
        Assert.Equal(["Renci.SshNet", "2024", "Default", foreign], Assert.Single(loaded, line => line[0] == "Renci.SshNet" && line[2] == "Default"));
        Assert.Equal(["Renci.SshNet", "2026", "BondTools", Path.Combine(Bin, "Renci.SshNet.dll")],
            Assert.Single(loaded, line => line[0] == "Renci.SshNet" && line[2] != "Default"));
        Assert.Equal(["Default", Path.Combine(Bin, "BondTools.dll")], Assert.Single(loaded, line => line[0] == "BondTools")[2..]);
        Assert.Equal(["BondTools", Path.Combine(Bin, "BondTools.Module.dll")], Assert.Single(loaded, line => line[0] == "BondTools.Module")[2..]);
        Assert.Equal("Default", Assert.Single(loaded, line => line[0] == "System.Management.Automation")[2]);
        // Whatever else came from the module's folder came into its context.
        Assert.All(loaded.Where(line => line[3].StartsWith(Bin, StringComparison.Ordinal) && line[0] != "BondTools"), line => Assert.Equal("BondTools", line[2]));
    }

    [Fact]
    public async Task Importing_loads_neither_SshNet_nor_the_lab()
    {
        var loaded = (await ShellProcess.RunAsync("-Command", ListAssemblies)).Lines.Select(line => line.Split('|')[0]).ToArray();
        Assert.Contains("BondTools.Module", loaded);
        Assert.DoesNotContain("Renci.SshNet", loaded);
        Assert.DoesNotContain("BouncyCastle.Cryptography", loaded);
        Assert.DoesNotContain("BondTools.Lab", loaded);
    }

    [Fact]
    public async Task The_cmdlets_survive_a_forced_import_and_go_when_the_module_is_removed()
    {
        var result = await ShellProcess.RunAsync("-Command", $$"""
            $first = (Get-Module BondTools).ExportedCmdlets.Count
            Import-Module '{{Repository.Manifest}}' -Force
            $second = (Get-Module BondTools).ExportedCmdlets.Count
            "$($first -gt 0) $($first -eq $second) $((Get-Command Get-BondSession).Source)"
            Remove-Module BondTools
            "$(@(Get-Module -All).Count) $(@(Get-Command *-BondSession).Count)"
            Import-Module '{{Repository.Manifest}}' -Prefix My
            (Get-Command *-MyBondSession).Name
            """);
        Assert.Equal(["True True BondTools", "0 0", "Disconnect-MyBondSession", "Get-MyBondSession"], result.Lines);
    }

    [Fact]
    public async Task The_build_for_Windows_PowerShell_does_the_articles_work_on_this_engine_too()
    {
        var flavour = Path.Combine(Repository.Module, "bin", "netstandard2.0");
        var result = await ShellProcess.RunAsync("-NoModule", "-Command", $$"""
            Import-Module '{{Path.Combine(flavour, "BondTools.Module.dll")}}'
            (Get-Command Get-BondSession).ImplementingType.Assembly.Location
            [BondTools.BondSession].Assembly.Location
            $bond = Get-Content '{{Path.Combine(Repository.Root, "tests", "BondTools.Tests", "Samples", "article-bond0.txt")}}' | ConvertFrom-BondStatus
            "$($bond.Slaves.Name) $($bond.ActorKey) $($bond.PartnerKey) $($bond.Negotiated)"
            & '{{Path.Combine(Repository.Module, "Examples", "Article.ps1")}}' | ForEach-Object { "$_" }
            """);
        Assert.Equal([Path.Combine(flavour, "BondTools.Module.dll"), Path.Combine(flavour, "BondTools.dll"), "enp0s8 enp0s9 9 1 True"], result.Lines[..3]);
        Assert.Equal("The bond is negotiated at both ends and its load is shared.", result.Lines[^1]);
    }

    /// <summary>Writes an assembly that calls itself an older SSH.NET and has nothing of it but the name of its best-known class.</summary>
    private static void WriteForeignSshNet(string path)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Renci.SshNet, Version=2024.2.0.1"), typeof(object).Assembly);
        assembly.DefineDynamicModule("Renci.SshNet").DefineType("Renci.SshNet.SshClient", TypeAttributes.Public).CreateType();
        assembly.Save(path);
    }
}
