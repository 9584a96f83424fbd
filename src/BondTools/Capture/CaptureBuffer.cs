using System;
using System.IO;

namespace BondTools.Capture;

/// <summary>A window on a stream: bytes are there until they are taken, however the stream cuts them into pieces.</summary>
internal sealed class CaptureBuffer(Stream stream) : IDisposable
{
    private int _end;
    private bool _ended;

    /// <summary>The bytes; those at hand begin at <see cref="Start"/>.</summary>
    public byte[] Data { get; private set; } = new byte[1 << 18];

    public int Start { get; private set; }

    /// <summary>How many bytes are at hand.</summary>
    public int Available => _end - Start;

    /// <summary>Why the stream ended before its time; null when it ended well, or has not.</summary>
    public string? Defect { get; private set; }

    /// <summary>Reads on until so many bytes are at hand; false when the stream ends before.</summary>
    public bool Require(int count)
    {
        if (Available >= count)
            return true;
        if (Start + count > Data.Length)
            MakeRoom(count);
        while (Available < count && !_ended)
            Fill();
        return Available >= count;
    }

    /// <summary>Takes bytes that are at hand.</summary>
    public void Take(int count) => Start += count;

    /// <summary>Passes over bytes, at hand or not; false when the stream ends before.</summary>
    public bool Skip(long count)
    {
        while (count > Available)
        {
            count -= Available;
            Start = _end = 0;
            if (!Require(1))
                return false;
        }
        Start += (int)count;
        return true;
    }

    public void Dispose() => stream.Dispose();

    private void MakeRoom(int count)
    {
        var target = count > Data.Length ? new byte[count] : Data;
        Buffer.BlockCopy(Data, Start, target, 0, Available);
        (_end, Start, Data) = (Available, 0, target);
    }

    private void Fill()
    {
        try
        {
            var read = stream.Read(Data, _end, Data.Length - _end);
            _end += read;
            _ended = read == 0;
        }
        catch (InvalidDataException e)
        {
            // What a broken gzip file has given until then is good.
            Defect = $"The compressed data are damaged: {e.Message}";
            _ended = true;
        }
    }
}
