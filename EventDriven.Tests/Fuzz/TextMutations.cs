using System.Text;

namespace EventDriven.Tests.Fuzz;

/// <summary>Texts and bytes that are nearly what is expected.</summary>
internal static class TextMutations
{
    private const int MostChanges = 4;
    private const int Long = 5_000;

    /// <summary>Numbers at the edges of what .NET, PostgreSQL and JSON can hold.</summary>
    public static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "00", "1.5", "-1.5", "32768", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967296",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616",
        "79228162514264337593543950335", "79228162514264337593543950336", "1e308", "1e309", "-1e309", "1e-400", "0.1e1", "NaN", "Infinity",
        "0x10", "1_000", "1,5", "+1", "\u0661", "300000000", "106751991", "999999999999999999999999999999",
    ];

    /// <summary>Pieces that some reader has stumbled over.</summary>
    public static readonly string[] Pieces =
    [
        "\0", "\ud800", "\udc00", "\ud83d\ude00", "\u202e", "\u200b", "\ufeff", "\ufffe", "\u2028", "\u0085", "\r\n", "\n", "\t",
        "\u001b[2J", "\u007f", "\u00e9", "e\u0301", "\u0130", "\u00df", "\u1e9e", "\uff11", " ", "\"", "'", "\\", "\\\"", "\\u0000",
        "\\ud800", "`", "{", "}", "[", "]", "<", ">", "&", ";", ",", ":", "=", "/", "//", "..", "../", "%", "%00", "%2f", "%ff",
        "%c0%80", "%ed%a0%80", "%u0000", "*", "?", "#", "@", "--", "$", "${x}", "{0}", "' OR 1=1", "null", "true", "W/\"1\"",
        "\u0000\u0000", "pd1.", "v1,", "whsec_", "urn:", "http://", "0190a1b2-0000-7000-8000-0000000000aa", "2026-02-30T25:61:61Z",
        "9999-12-31T23:59:60-23:59", "0001-01-01T00:00:00+23:59",
    ];

    private static readonly byte[][] InvalidUtf8 =
    [
        [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0x80], [0xE2, 0x82], [0],
    ];

    /// <summary>A text with some changes; now and then the text as it is, or nothing of it.</summary>
    public static string Text(this FuzzCase fuzz, string valid)
    {
        if (fuzz.Chance(3))
        {
            return fuzz.Pick<Func<string>>([() => "", () => valid, () => fuzz.Pick(Pieces), () => fuzz.Pick(Numbers)])();
        }

        var text = valid;
        for (var changes = fuzz.Random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            text = Change(fuzz, text);
        }

        return text;
    }

    /// <summary>Bytes with some changes.</summary>
    public static byte[] Bytes(this FuzzCase fuzz, ReadOnlySpan<byte> valid)
    {
        var bytes = valid.ToArray();
        for (var changes = fuzz.Random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            bytes = Change(fuzz, bytes);
        }

        return bytes;
    }

    /// <summary>A text with some changes, or one whose bytes are changed and may not be UTF-8 any more.</summary>
    public static byte[] TextBytes(this FuzzCase fuzz, string valid) =>
        fuzz.Chance(60) ? Encoding.UTF8.GetBytes(fuzz.Text(valid)) : fuzz.Bytes(Encoding.UTF8.GetBytes(valid));

    private static string Change(FuzzCase fuzz, string text)
    {
        var at = fuzz.Random.Next(text.Length + 1);
        var end = fuzz.Random.Next(at, text.Length + 1);
        return fuzz.Random.Next(11) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text[..at] + text[end..],
            3 => text[..end] + text[at..],
            4 or 5 => text[..at] + fuzz.Pick(Pieces) + text[at..],
            6 => text[..at] + fuzz.Pick(Pieces) + text[end..],
            7 => WithOtherNumber(fuzz, text),
            8 when text.Length > 0 => text[..(at / 2)] + (char)(text[at / 2] ^ (1 << fuzz.Random.Next(16))) + text[((at / 2) + 1)..],
            9 => fuzz.Chance(50) ? text.ToUpperInvariant() : text.ToLowerInvariant(),
            _ when fuzz.Chance(10) => text[..at] + new string(fuzz.Pick(["a", " ", "\"", "0", "(", "\u00e9"])[0], Long) + text[at..],
            _ => text[..at] + fuzz.Pick(Numbers) + text[end..],
        };
    }

    private static string WithOtherNumber(FuzzCase fuzz, string text)
    {
        var begin = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (begin < 0)
        {
            return text + fuzz.Pick(Numbers);
        }

        var length = text.AsSpan(begin).IndexOfAnyExceptInRange('0', '9');
        return text[..begin] + fuzz.Pick(Numbers) + (length < 0 ? "" : text[(begin + length)..]);
    }

    private static byte[] Change(FuzzCase fuzz, byte[] bytes)
    {
        var at = fuzz.Random.Next(bytes.Length + 1);
        var end = fuzz.Random.Next(at, bytes.Length + 1);
        switch (fuzz.Random.Next(6))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[end..]];
            case 2:
                return [.. bytes[..end], .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. fuzz.Pick(InvalidUtf8), .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(fuzz.Pick(Pieces)), .. bytes[end..]];
            default:
                if (bytes.Length > 0)
                {
                    bytes[Math.Min(at, bytes.Length - 1)] ^= (byte)(1 << fuzz.Random.Next(8));
                }

                return bytes;
        }
    }
}
