using System;
using System.Text;

namespace BondTools;

/// <summary>The text of a device's bytes, without loss: what is no UTF-8 survives too, such as the Latin-1 comment of a configuration file.</summary>
/// <remarks>
/// A byte that belongs to no UTF-8 character becomes the lone surrogate U+DC00 and the byte, as in Python's surrogateescape (PEP 383).
/// UTF-8 never yields a lone surrogate, so the text says by itself what its bytes were.
/// </remarks>
internal static class ByteText
{
    private const char Escape = '\uDC00';
    private const char FirstEscaped = '\uDC80';
    private const char LastEscaped = '\uDCFF';
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of bytes; <see cref="Encode"/> gives them back, whatever they are.</summary>
    public static string Decode(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return DecodeWithEscapes(bytes);
        }
    }

    /// <summary>The bytes of a text.</summary>
    public static byte[] Encode(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var (written, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsEscape(text, i))
                continue;
            written += Encoding.UTF8.GetBytes(text, start, i - start, bytes, written);
            if (i < text.Length)
                bytes[written++] = (byte)(text[i] - Escape);
            start = i + 1;
        }

        Array.Resize(ref bytes, written);
        return bytes;
    }

    private static bool IsEscape(string text, int i) =>
        text[i] is >= FirstEscaped and <= LastEscaped && (i == 0 || !char.IsHighSurrogate(text[i - 1]));

    private static string DecodeWithEscapes(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length;)
        {
            var start = i;
            while (i < bytes.Length && CharacterLength(bytes, i) is > 0 and var length)
                i += length;
            text.Append(Encoding.UTF8.GetString(bytes, start, i - start));
            if (i < bytes.Length)
                text.Append((char)(Escape + bytes[i++]));
        }

        return text.ToString();
    }

    /// <summary>How many bytes the UTF-8 character at an index has; 0 when there is none (RFC 3629, section 4).</summary>
    private static int CharacterLength(byte[] bytes, int i)
    {
        var first = bytes[i];
        if (first < 0x80)
            return 1;
        var length = first switch { >= 0xC2 and <= 0xDF => 2, >= 0xE0 and <= 0xEF => 3, >= 0xF0 and <= 0xF4 => 4, _ => 0 };
        if (length == 0 || i + length > bytes.Length)
            return 0;
        // No overlong form, no surrogate, nothing beyond U+10FFFF.
        var (least, most) = first switch { 0xE0 => (0xA0, 0xBF), 0xED => (0x80, 0x9F), 0xF0 => (0x90, 0xBF), 0xF4 => (0x80, 0x8F), _ => (0x80, 0xBF) };
        if (bytes[i + 1] < least || bytes[i + 1] > most)
            return 0;
        for (var k = 2; k < length; k++)
        {
            if (bytes[i + k] is < 0x80 or > 0xBF)
                return 0;
        }

        return length;
    }
}
