using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using BondTools.Capture;

namespace BondTools.Module.Devices;

/// <summary>The files of one link, each followed by the next when it is long enough, the oldest deleted when there are too many.</summary>
internal sealed class CaptureFiles(CaptureRequest request, string computerName, string slave) : IDisposable
{
    private readonly List<BondCaptureFile> _files = [];
    private readonly string _start = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
    private FileStream? _stream;
    private PcapWriter? _writer;
    private BondCaptureFile? _current;
    private int _number;

    /// <summary>The files that were closed and kept, in their order.</summary>
    public IReadOnlyList<BondCaptureFile> Files => _files;

    /// <summary>Begins the first file, so that a link without traffic has one too.</summary>
    public void Begin(CaptureLinkType linkType)
    {
        if (request.Folder is not { } folder)
            return;
        Directory.CreateDirectory(folder);
        var number = _number == 0 ? "" : string.Format(CultureInfo.InvariantCulture, "-{0:000}", _number);
        var path = Path.Combine(folder, $"{FileName(computerName)}-{FileName(slave)}-{_start}{number}.pcap");
        _number++;
        // Two captures of one link in one second do not share a file.
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _writer = new PcapWriter(_stream, linkType);
        _current = new BondCaptureFile { ComputerName = computerName, Bond = request.Bond, Interface = slave, FullName = path, Length = 0, FrameCount = 0 };
    }

    /// <summary>Adds the frame that a reader is at.</summary>
    public void Add(CaptureReader frame)
    {
        if (_writer is null)
            return;
        if (_current!.FrameCount > 0 && _writer.Length + PcapWriter.LengthOf(frame) > request.RotateBytes)
        {
            Close();
            Begin(frame.LinkType);
        }
        _writer.Write(frame);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(0).AddTicks(frame.Time / 100).ToLocalTime();
        _current = _current with { FrameCount = _current.FrameCount + 1, FirstTime = _current.FirstTime ?? time, LastTime = time };
    }

    /// <summary>Closes the file that is open.</summary>
    public void Close()
    {
        if (_current is null)
            return;
        _stream!.Dispose();
        _files.Add(_current with { Length = _writer!.Length });
        (_stream, _writer, _current) = (null, null, null);
        if (request.KeepFiles > 0 && _files.Count > request.KeepFiles)
        {
            File.Delete(_files[0].FullName);
            _files.RemoveAt(0);
        }
    }

    public void Dispose() => Close();

    // A host may be an IPv6 address, and a VLAN's name has a dot.
    private static string FileName(string text) => string.Join("_", text.Split(Path.GetInvalidFileNameChars())).Replace(':', '_');
}
