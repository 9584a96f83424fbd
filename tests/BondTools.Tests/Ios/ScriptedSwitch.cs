using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace BondTools.Tests.Ios;

/// <summary>The far end of a terminal in memory: it echoes what is typed and answers from a script, in pieces of a given size.</summary>
internal sealed class ScriptedSwitch : Stream
{
    private readonly Channel<byte[]> _shown = Channel.CreateUnbounded<byte[]>();
    private readonly StringBuilder _typed = new();
    private readonly Func<ScriptedSwitch, string, string?> _script;
    private readonly int _piece;
    private ReadOnlyMemory<byte> _rest;

    /// <param name="script">Is given a line (or a single control character) and returns what is printed in answer, prompt included; null for silence.</param>
    /// <param name="piece">The most bytes one read returns.</param>
    public ScriptedSwitch(Func<ScriptedSwitch, string, string?> script, int piece = int.MaxValue) => (_script, _piece) = (script, piece);

    public List<string> Lines { get; } = [];

    public bool Echo { get; set; } = true;

    public bool Closed { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Print(string text) => _shown.Writer.TryWrite(Encoding.UTF8.GetBytes(text));

    public void HangUp() => _shown.Writer.TryComplete();

    // Deliberately deaf to the token, as many streams are.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (!await _shown.Reader.WaitToReadAsync(CancellationToken.None))
                return 0;
            _shown.Reader.TryRead(out var next);
            _rest = next!;
        }
        var length = Math.Min(Math.Min(buffer.Length, _piece), _rest.Length);
        _rest[..length].CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        foreach (var c in Encoding.UTF8.GetString(buffer, offset, count))
        {
            if (Echo && c != '\r' && !char.IsControl(c))
                Print(c.ToString());
            if (c != '\r' && !char.IsControl(c) && !(c == ' ' && _typed.Length == 0))
            {
                _typed.Append(c);
                continue;
            }
            var line = c is '\r' ? _typed.ToString() : c.ToString();
            _typed.Clear();
            Lines.Add(line);
            if (c == '\r')
                Print("\r\n");
            if (_script(this, line) is { } answer)
                Print(answer);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Closed = true;
        HangUp();
        base.Dispose(disposing);
    }
}
