using System.Text;

namespace EventDriven.Tests.Application.Harness;

/// <summary>Looks for texts in every byte of some folders: as UTF-8, UTF-16, base64 and hexadecimal digits.</summary>
internal sealed class TextSearch
{
    private const int Chunk = 1 << 20;

    private readonly List<(string Text, byte[] Pattern)> _patterns = [];

    public TextSearch(params string[] texts)
    {
        foreach (var text in texts)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            byte[][] forms =
            [
                utf8,
                Encoding.Unicode.GetBytes(text),
                Encoding.BigEndianUnicode.GetBytes(text),
                Encoding.ASCII.GetBytes(Convert.ToHexString(utf8)),
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)),
                .. Enumerable.Range(0, 3).Select(before => Base64(utf8, before)),
            ];
            _patterns.AddRange(forms.Select(form => (text, form)));
        }
    }

    /// <summary>The files in which a text stands, with the text.</summary>
    public IReadOnlyList<string> Find(IEnumerable<string> folders) =>
    [
        .. from folder in folders
           from file in Files(folder)
           from text in Find(file)
           select $"{Path.GetRelativePath(folder, file)}: {text}",
    ];

    /// <summary>How many files it looks into.</summary>
    public static int Count(IEnumerable<string> folders) => folders.Sum(folder => Files(folder).Count());

    // An empty file may be a lock, which can't be opened. A running server removes files.
    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file) is { Exists: true, Length: > 0 });

    private IReadOnlyCollection<string> Find(string file)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var overlap = _patterns.Max(pattern => pattern.Pattern.Length) - 1;
        var buffer = new byte[overlap + Chunk];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var kept = 0;
        for (int read; (read = stream.Read(buffer, kept, Chunk)) > 0;)
        {
            var data = buffer.AsSpan(0, kept + read);
            foreach (var (text, pattern) in _patterns)
            {
                if (data.IndexOf(pattern) >= 0)
                {
                    found.Add(text);
                }
            }

            // A text may stand across two chunks.
            kept = Math.Min(overlap, data.Length);
            data[^kept..].CopyTo(buffer);
        }

        return found;
    }

    // The characters that depend on the text alone, where so many bytes come before it.
    private static byte[] Base64(byte[] text, int before)
    {
        var all = Convert.ToBase64String([.. new byte[before], .. text]);
        var begin = ((before * 8) + 5) / 6;
        var end = (before + text.Length) * 8 / 6;
        return Encoding.ASCII.GetBytes(all[begin..end]);
    }
}
