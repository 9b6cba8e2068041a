using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EventDriven.Messaging.Privacy.Sealing;

/// <summary>Seals and opens the personal members of one record in its JSON; everything else stays as it is, byte by byte.</summary>
internal sealed class PersonalRecord
{
    private readonly PersonalMember _root;

    private PersonalRecord(PersonalMember root) => _root = root;

    // What each sealed text begins with in JSON. Nothing else can: a quotation mark within text is escaped.
    private static ReadOnlySpan<byte> Begin => "\"pd1."u8;

    /// <summary>A record's; null if it has no personal members, which then cost nothing.</summary>
    /// <inheritdoc cref="PersonalMembers.Of"/>
    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    public static PersonalRecord? Of(Type record, JsonNamingPolicy? naming, bool isRead) =>
        PersonalMembers.Of(record, naming, isRead) is { } root ? new PersonalRecord(root) : null;

    /// <summary>Adds the keys that data may be sealed with.</summary>
    public static void AddKeyIds(ReadOnlySpan<byte> data, HashSet<Guid> ids)
    {
        Span<char> text = stackalloc char[SubjectKey.Prefix.Length + 34];
        for (var at = data.IndexOf(Begin); at >= 0; at = data.IndexOf(Begin))
        {
            data = data[(at + 1)..];
            if (data.Length >= text.Length
                && Encoding.Latin1.GetChars(data[..text.Length], text) == text.Length
                && SubjectKey.TryReadId(text, out var id))
            {
                ids.Add(id);
            }
        }
    }

    /// <summary>Seals what is personal.</summary>
    /// <param name="type">CloudEvents <c>type</c>.</param>
    /// <param name="data">The event's data.</param>
    /// <param name="keys">The producer's keys.</param>
    /// <exception cref="InvalidOperationException">The data names no person, or the person's key is not ready.</exception>
    public byte[] Seal(string type, byte[] data, ISubjectKeys keys)
    {
        var (found, subject) = Find(data);
        if (found.Count == 0)
        {
            return data;
        }

        var key = keys.Of(subject ?? throw new InvalidOperationException($"'{type}' has personal data, but does not say whose."));
        var fact = EventName.FactOf(type);
        return Replace(data, found, text => key.Seal(Place(fact, text.Path), text.Value));
    }

    /// <summary>Opens what is sealed. What was never sealed, as in older events, stays.</summary>
    /// <param name="type">CloudEvents <c>type</c>.</param>
    /// <param name="data">The event's data.</param>
    /// <param name="keys">The keys that it needs.</param>
    /// <exception cref="UnreadableEventException">
    /// Sealed text was altered, is another place's or person's, or its key is unknown; or a text beside it is not Unicode.
    /// </exception>
    /// <exception cref="SubjectKeysUnavailableException">The keys' owner doesn't answer, or refuses.</exception>
    public OpenedData Open(string type, ReadOnlyMemory<byte> data, SubjectKeyRing keys)
    {
        if (data.Span.IndexOf(Begin) < 0)
        {
            return new OpenedData(data, null);
        }

        (List<Text> Found, string? Subject) read;
        try
        {
            read = Find(data.Span);
        }
        catch (JsonException)
        {
            // Whoever deserializes it says more.
            return new OpenedData(data, null);
        }
        catch (InvalidOperationException exception)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8.
            throw new UnreadableEventException("The data has text that is not Unicode.", exception);
        }

        read.Found.RemoveAll(text => !SubjectKey.IsSealed(text.Value));
        var fact = EventName.FactOf(type);
        SubjectKey? opened = null;
        var plain = Replace(data.Span, read.Found, text => Open(fact, text, read.Subject, keys, ref opened));
        return new OpenedData(plain, opened);
    }

    private static string? Open(string fact, Text text, string? subject, SubjectKeyRing keys, ref SubjectKey? opened)
    {
        if (!SubjectKey.TryReadId(text.Value, out var id))
        {
            throw new UnreadableEventException($"{text.Path} is no text that a key has sealed.");
        }

        if (keys.Find(id) is not { } key)
        {
            return null;
        }

        try
        {
            var plain = key.Subject == subject ? key.Open(Place(fact, text.Path), text.Value) : throw new CryptographicException();
            opened = key;
            return plain;
        }
        catch (CryptographicException exception)
        {
            throw new UnreadableEventException($"{text.Path} was altered, or was sealed for another event, member or person.", exception);
        }
    }

    private static string Place(string fact, string path) => $"{fact}/{path}";

    private (List<Text> Found, string? Subject) Find(ReadOnlySpan<byte> data)
    {
        var found = new List<Text>();
        string? subject = null;
        var reader = new Utf8JsonReader(data);
        reader.Read();
        Walk(ref reader, _root, found, ref subject);

        // As .NET writes it, whatever its producer does.
        return (found, Guid.TryParse(subject, out var id) ? id.ToString() : subject);
    }

    // Leaves the reader at the value's last token.
    private static void Walk(ref Utf8JsonReader reader, PersonalMember member, List<Text> found, ref string? subject)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var inner = member.Find(in reader);
                    reader.Read();
                    if (inner is null)
                    {
                        reader.Skip();
                    }
                    else
                    {
                        Walk(ref reader, inner, found, ref subject);
                    }
                }

                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Walk(ref reader, member, found, ref subject);
                }

                break;
            case JsonTokenType.String when member.IsPersonal:
                var begin = (int)reader.TokenStartIndex;
                found.Add(new Text(begin, (int)reader.BytesConsumed - begin, member.Path, reader.GetString()!));
                break;
            case JsonTokenType.String when member.IsSubject:
                subject = reader.GetString();
                break;
        }
    }

    private static byte[] Replace(ReadOnlySpan<byte> data, List<Text> found, Replacement replacement)
    {
        var written = new ArrayBufferWriter<byte>(data.Length + (found.Count * 128));
        var copied = 0;
        foreach (var text in found)
        {
            written.Write(data[copied..text.Begin]);
            written.Write(JsonSerializer.SerializeToUtf8Bytes(replacement(text)!, PersonalJson.Default.String));
            copied = text.Begin + text.Length;
        }

        written.Write(data[copied..]);
        return written.WrittenSpan.ToArray();
    }

    private delegate string? Replacement(Text text);

    /// <summary>A personal member's text in the data.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Text(int Begin, int Length, string Path, string Value);
}
