using System.Text.Json;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Reading;

/// <summary>Reads the bytes of a document as JSON, within the limits.</summary>
internal static class SchemaJson
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <exception cref="SchemaProblemException">The document is too large, nested too deeply, not JSON, or not Unicode.</exception>
    public static JsonElement Read(ReadOnlyMemory<byte> utf8Json)
    {
        if (utf8Json.Length > SchemaLimits.Bytes)
        {
            throw new SchemaProblemException(
                $"The document has {utf8Json.Length} bytes. At most {SchemaLimits.Bytes} are read. "
                + "Split the schema or remove what it does not need.");
        }

        var json = utf8Json.Span.StartsWith(ByteOrderMark) ? utf8Json[ByteOrderMark.Length..] : utf8Json;
        RequireDepth(json.Span);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = SchemaLimits.JsonDepth });
            var root = document.RootElement.Clone();
            Check(root, "");
            return root;
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }
    }

    // The reader alone tells "too deep" from "not JSON" only by its text.
    private static void RequireDepth(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = SchemaLimits.JsonDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= SchemaLimits.JsonDepth)
                {
                    throw new SchemaProblemException(
                        $"The document is nested more than {SchemaLimits.JsonDepth} levels deep. Flatten the schema.");
                }
            }
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }
    }

    private static SchemaProblemException NotJson(JsonException exception) => new(
        $"The document is not JSON. Correct line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}: "
        + exception.Message.Split(" LineNumber:")[0],
        exception);

    private static void Check(JsonElement element, string pointer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                CheckNumber(element, pointer);
                break;
            case JsonValueKind.String:
                _ = Text(element.GetString, pointer);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Check(item, $"{pointer}/{index++}");
                }

                break;
            case JsonValueKind.Object:
                CheckObject(element, pointer);
                break;
        }
    }

    private static void CheckObject(JsonElement element, string pointer)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var name = Text(() => property.Name, pointer);
            if (!names.Add(name))
            {
                throw SchemaProblemException.At(pointer, $"The property \"{name}\" is there more than once. Remove all but one.");
            }

            Check(property.Value, JsonPointer.Append(pointer, name));
        }
    }

    // JSON can write half of a surrogate pair as an escape. No text of .NET may be read from that, nor from bytes that are no UTF-8.
    private static string Text(Func<string?> read, string pointer)
    {
        try
        {
            return read()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new SchemaProblemException(
                $"#{pointer}: A text has half of a surrogate pair, or is not UTF-8. Write the whole character.", exception);
        }
    }

    private static void CheckNumber(JsonElement element, string pointer)
    {
        try
        {
            ExactNumber.Parse(element.GetRawText());
        }
        catch (FormatException exception)
        {
            throw new SchemaProblemException($"#{pointer}: {exception.Message} Write a shorter number.", exception);
        }
    }
}
