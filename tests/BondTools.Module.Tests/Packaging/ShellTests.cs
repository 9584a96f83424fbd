using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace BondTools.Module.Tests.Packaging;

public class ShellTests
{
    [Fact]
    public async Task Runs_a_script_with_its_arguments_and_gives_its_exit_code()
    {
        using var folder = new TemporaryFolder();
        var script = Path.Combine(folder.Path, "script.ps1");
        await File.WriteAllTextAsync(script, """
            param([string] $Name, [int] $Count, [switch] $Loud, [switch] $Quiet)
            "$Name $Count $Loud $Quiet"
            exit 7
            """, TestContext.Current.CancellationToken);
        var result = await ShellProcess.RunAsync("-NoModule", "-File", script, "bond0", "-Count", "2", "-Loud", "-Quiet:$false");
        Assert.Equal(("bond0 2 True False\n", "", 7), (result.Output, result.Error, result.ExitCode));
    }

    [Fact]
    public async Task An_error_that_ends_a_script_goes_to_standard_error_with_its_place()
    {
        var result = await ShellProcess.RunAsync("-NoModule", "-Command", "'before'\n1/0 | Write-Output\nthrow 'broken'\n'after'");
        Assert.Equal(("before\n", 1), (result.Output, result.ExitCode));
        Assert.Contains("broken", result.Error, StringComparison.Ordinal);
        Assert.Contains("At line:3 char:1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_ends_nothing_is_reported_and_the_script_goes_on()
    {
        var result = await ShellProcess.RunAsync("-NoModule", "-Command", "Write-Error 'small'; 'after'");
        Assert.Equal(("after\n", 0), (result.Output, result.ExitCode));
        Assert.Contains("Write-Error: small", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_on_standard_input_run_as_statements_even_over_several_lines()
    {
        var result = await ShellProcess.RunAsync("foreach ($i in 1..2) {\n  \"number $i\"\n}\n'done'\nexit 3\n'never'\n", ["-NoModule"]);
        Assert.Equal(("number 1\nnumber 2\ndone\n", "", 3), (result.Output, result.Error, result.ExitCode));
    }

    [Fact]
    public async Task Results_and_what_is_said_about_them_are_kept_apart()
    {
        var result = await ShellProcess.RunAsync("-NoModule", "-Command",
            "'result'; Write-Host 'shown'; Write-Warning 'careful'; Write-Verbose 'unseen'; Write-Verbose 'seen' -Verbose");
        Assert.Equal("result\nshown\n", result.Output);
        Assert.Equal("WARNING: careful\nVERBOSE: seen\n", result.Error);
    }

    [Fact]
    public async Task Tables_and_lists_are_laid_out_and_without_colours_when_redirected()
    {
        var result = await ShellProcess.RunAsync("-NoModule", "-Command", """
            $rows = [pscustomobject]@{ Name = 'b'; Size = 20 }, [pscustomobject]@{ Name = 'a'; Size = 3 }
            $rows | Sort-Object Size -Descending | Format-Table
            $rows | Select-Object -First 1 | Format-List Name, @{ Name = 'Half'; Expression = { $_.Size / 2 } }
            ($rows | Out-String -Width 40).Contains('Size')
            """);
        Assert.Equal("\nName Size\n---- ----\nb      20\na       3\n\n\nName : b\nHalf : 10\n\nTrue\n", result.Output);
    }

    [Fact]
    public async Task The_stand_ins_do_what_scripts_expect_of_the_real_commands()
    {
        using var folder = new TemporaryFolder();
        var result = await ShellProcess.RunAsync("-NoModule", "-Command", $$"""
            $file = Join-Path '{{folder.Path}}' 'x.txt'
            'one', 'two' | Set-Content $file
            "$(Test-Path $file) $((Get-Content $file).Count) $((Get-Content $file -Raw).Length)"
            (1..4 | Measure-Object -Sum -Maximum).Sum
            (3, 1, 2 | Sort-Object) -join ','
            @{ a = 1; b = $null } | ConvertTo-Json -Compress | Measure-Object | Select-Object -ExpandProperty Count
            [pscustomobject]@{ Name = 'x'; List = 1, 'y', $true; Nested = @{ Deep = @{ Deeper = 1.5 } } } | ConvertTo-Json -Compress -Depth 3
            [pscustomobject]@{ Name = 'kept' } | Export-Clixml "$file.xml"
            (Import-Clixml "$file.xml").Name
            (New-Object System.Text.StringBuilder 'built').ToString()
            1..3 | Select-Object -Last 2 | Select-Object -First 1
            """);
        Assert.Equal(
            ["True 2 8", "10", "1,2,3", "1", """{"Name":"x","List":[1,"y",true],"Nested":{"Deep":{"Deeper":1.5}}}""", "kept", "built", "2"],
            result.Lines);
    }

    [Fact]
    public async Task Questions_take_their_answers_from_standard_input_and_an_ended_input_is_an_error()
    {
        var answered = await ShellProcess.RunAsync("root\nsecret\n", ["-NoModule", "-Command", "$c = Get-Credential; \"$($c.UserName) $($c.GetNetworkCredential().Password)\""]);
        Assert.Equal("root secret\n", answered.Output);
        var unanswered = await ShellProcess.RunAsync("", ["-NoModule", "-Command", "$ErrorActionPreference = 'Stop'; Read-Host 'Name'"]);
        Assert.Equal(1, unanswered.ExitCode);
        Assert.Contains("The input ended", unanswered.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-File")]
    [InlineData("-Command")]
    [InlineData("-Nonsense")]
    public async Task A_command_line_that_makes_no_sense_is_refused(string option)
    {
        var result = await ShellProcess.RunAsync(option);
        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }
}
