using System;

namespace BondTools;

/// <summary>Numbers in an array of bytes, in either byte order, on machines of either byte order.</summary>
internal static class Bytes
{
    public static ushort Big16(byte[] data, int at) => (ushort)((data[at] << 8) | data[at + 1]);

    public static uint Big32(byte[] data, int at) => ((uint)Big16(data, at) << 16) | Big16(data, at + 2);

    public static ushort Little16(byte[] data, int at) => (ushort)(data[at] | (data[at + 1] << 8));

    public static uint Little32(byte[] data, int at) => BitConverter.IsLittleEndian
        ? BitConverter.ToUInt32(data, at)
        : Little16(data, at) | ((uint)Little16(data, at + 2) << 16);

    public static ulong Little64(byte[] data, int at) => BitConverter.IsLittleEndian
        ? BitConverter.ToUInt64(data, at)
        : Little32(data, at) | ((ulong)Little32(data, at + 4) << 32);

    /// <summary>Six bytes as a number, the first byte highest.</summary>
    public static ulong Big48(byte[] data, int at) => ((ulong)Big16(data, at) << 32) | Big32(data, at + 2);

    /// <summary>The bytes of a number in the other order.</summary>
    public static ushort Swap(ushort value) => (ushort)((value << 8) | (value >> 8));
}
