using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using BondTools.Analysis;
using BondTools.Module.Cmdlets;
using Xunit;

namespace BondTools.Module.Tests.Lab;

public class LiveTableTests
{
    [Fact]
    public void Draws_again_in_place_and_keeps_the_last_events()
    {
        var screen = new Screen(height: 20);
        screen.WriteLine("PS> Watch-LacpBalance");
        var table = new LiveTable(screen);
        table.Show(Sample("pve1", 1), []);
        table.Show(Sample("pve1", 2), [Event(1)]);
        table.Show(Sample("pve1", 3), [.. Enumerable.Range(2, 6).Select(Event)]);
        Assert.Equal(1, screen.Lines.Count(line => line.StartsWith("pve1 bond0", StringComparison.Ordinal)));
        Assert.Equal("PS> Watch-LacpBalance", screen.Lines[0]);
        Assert.StartsWith("pve1 bond0  00:00:03", screen.Lines[1], StringComparison.Ordinal);
        Assert.Equal(["3", "4", "5", "6", "7"], screen.Lines.Skip(4).TakeWhile(line => line.Trim().Length > 0).Select(line => line.Trim()[^1..]));
    }

    [Fact]
    public void Draws_in_place_when_the_screen_scrolls()
    {
        var screen = new Screen(height: 6);
        for (var i = 0; i < 6; i++)
            screen.WriteLine("earlier");
        var table = new LiveTable(screen);
        for (var i = 0; i < 5; i++)
            table.Show(Sample("pve1", i), []);
        Assert.Equal(["earlier", "earlier"], screen.Lines.Take(2));
        Assert.StartsWith("pve1 bond0  00:00:04", screen.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_several_hosts_below_each_other()
    {
        var screen = new Screen(height: 20);
        var table = new LiveTable(screen);
        table.Show(Sample("pve2", 1), []);
        table.Show(Sample("pve1", 1), []);
        table.Show(Sample("pve2", 2), []);
        Assert.Equal(["pve1 bond0  00:00:01", "pve2 bond0  00:00:02"], screen.Lines.Where(line => line.StartsWith("pve", StringComparison.Ordinal)).Select(line => line[..20]));
    }

    [Fact]
    public void Draws_one_below_the_other_where_the_cursor_is_not_known()
    {
        var screen = new Screen(height: 20) { HidesCursor = true };
        var table = new LiveTable(screen);
        table.Show(Sample("pve1", 1), []);
        table.Show(Sample("pve1", 2), []);
        Assert.Equal(2, screen.Lines.Count(line => line.StartsWith("pve1 bond0", StringComparison.Ordinal)));
    }

    private static LacpBalanceSample Sample(string host, int second) => new()
    {
        ComputerName = host, Bond = "bond0", Time = DateTimeOffset.UnixEpoch.AddSeconds(second), Interval = TimeSpan.FromSeconds(1),
        Links = [new LacpBalanceLink { Interface = "enp0s8" }], Fairness = new LacpFairness(),
    };

    private static LacpBalanceEvent Event(int number) => new()
    {
        ComputerName = "pve1", Bond = "bond0", Time = DateTimeOffset.UnixEpoch, Kind = BondEventKind.LinkUp, Link = "enp0s8", Message = $"event {number}",
    };

    /// <summary>A console of sixty columns that scrolls.</summary>
    private sealed class Screen(int height) : PSHostUserInterface
    {
        private readonly Raw _raw = new();

        public List<string> Lines { get; } = [.. Enumerable.Repeat("", height)];

        public bool HidesCursor { init => _raw.IsHidden = value; }

        public override PSHostRawUserInterface RawUI => _raw;

        public override void WriteLine(string value)
        {
            Lines[_raw.Row] = value;
            if (_raw.Row < height - 1)
            {
                _raw.Row++;
                return;
            }
            Lines.RemoveAt(0);
            Lines.Add("");
        }

        public override void Write(string value) => throw new NotSupportedException();
        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => throw new NotSupportedException();
        public override void WriteDebugLine(string message) => throw new NotSupportedException();
        public override void WriteErrorLine(string value) => throw new NotSupportedException();
        public override void WriteProgress(long sourceId, ProgressRecord record) => throw new NotSupportedException();
        public override void WriteVerboseLine(string message) => throw new NotSupportedException();
        public override void WriteWarningLine(string message) => throw new NotSupportedException();
        public override string ReadLine() => throw new NotSupportedException();
        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();
        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw new NotSupportedException();
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();
    }

    private sealed class Raw : PSHostRawUserInterface
    {
        public int Row { get; set; }

        public bool IsHidden { get; set; }

        public override Coordinates CursorPosition
        {
            get => IsHidden ? default : new Coordinates(0, Row);
            set => Row = value.Y;
        }

        public override Size BufferSize { get => new(61, 50); set { } }
        public override ConsoleColor BackgroundColor { get; set; }
        public override ConsoleColor ForegroundColor { get; set; }
        public override int CursorSize { get; set; }
        public override bool KeyAvailable => false;
        public override Size MaxPhysicalWindowSize => BufferSize;
        public override Size MaxWindowSize => BufferSize;
        public override Coordinates WindowPosition { get; set; }
        public override Size WindowSize { get => BufferSize; set { } }
        public override string WindowTitle { get; set; } = "";
        public override void FlushInputBuffer() => throw new NotSupportedException();
        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();
        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();
        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException();
        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();
        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
    }
}
