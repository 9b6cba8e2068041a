using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventDriven.Tests.Fuzz;

/// <summary>JSON that is nearly what is expected, and texts that are nearly JSON.</summary>
internal static class JsonMutations
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "\"\"", "[]", "{}", "[null]", "[[]]", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\"",
        "\"\\u001b[2J\"", "\"a\\nb\"", "\"pd1.\\ud800\"", "\"pd1.00000000000000000000000000000000.AAAA\"", "{\"\\ud800\":1}",
        "{\"a\":1,\"a\":2}", "{\"$ref\":\"#\"}", "{\"$type\":\"x\",\"$id\":\"1\"}", "\"2026-02-30\"",
        "\"0190a1b2-0000-7000-8000-0000000000aa\"",
    ];

    /// <summary>JSON in UTF-8, changed within its structure, in its bytes, or both.</summary>
    public static byte[] Json(this FuzzCase fuzz, string valid)
    {
        var changed = fuzz.Chance(80) ? Encoding.UTF8.GetBytes(fuzz.JsonText(valid)) : Encoding.UTF8.GetBytes(valid);
        return fuzz.Chance(25) ? fuzz.Bytes(changed) : changed;
    }

    /// <summary>JSON whose members have other values, are doubled, missing or renamed.</summary>
    public static string JsonText(this FuzzCase fuzz, string valid)
    {
        var node = JsonNode.Parse(valid);
        var nodes = Count(node);
        var changed = new HashSet<int> { fuzz.Random.Next(nodes) };
        while (fuzz.Chance(30))
        {
            changed.Add(fuzz.Random.Next(nodes));
        }

        var at = 0;
        var written = new StringBuilder();
        Write(fuzz, node, changed, ref at, written);
        return written.ToString();
    }

    private static int Count(JsonNode? node) => 1 + node switch
    {
        JsonObject members => members.Sum(member => Count(member.Value)),
        JsonArray items => items.Sum(Count),
        _ => 0,
    };

    private static void Write(FuzzCase fuzz, JsonNode? node, HashSet<int> changed, ref int at, StringBuilder written)
    {
        var isChanged = changed.Contains(at++);
        if (isChanged && (node is not (JsonObject or JsonArray) || fuzz.Chance(40)))
        {
            at += Count(node) - 1;
            written.Append(Value(fuzz, node));
            return;
        }

        switch (node)
        {
            case JsonObject members:
                Write(fuzz, members, isChanged, changed, ref at, written);
                break;
            case JsonArray items:
                Write(fuzz, items, isChanged, changed, ref at, written);
                break;
            default:
                written.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void Write(
        FuzzCase fuzz, JsonObject members, bool isChanged, HashSet<int> changed, ref int at, StringBuilder written)
    {
        var parts = new List<string>();
        foreach (var (key, value) in members)
        {
            var member = new StringBuilder();
            Write(fuzz, value, changed, ref at, member);
            parts.Add($"{Quoted(key)}:{member}");
        }

        if (isChanged && parts.Count > 0)
        {
            var one = fuzz.Random.Next(parts.Count);
            switch (fuzz.Random.Next(4))
            {
                case 0:
                    parts.RemoveAt(one);
                    break;
                case 1:
                    parts.Add(parts[one]);
                    break;
                case 2:
                    parts.Add($"{Quoted(fuzz.Text("name"))}:{fuzz.Pick(Values)}");
                    break;
                default:
                    var name = members.ElementAt(one).Key;
                    parts[one] = Quoted(fuzz.Text(name)) + parts[one][Quoted(name).Length..];
                    break;
            }
        }

        written.Append('{').AppendJoin(',', parts).Append('}');
    }

    private static void Write(FuzzCase fuzz, JsonArray items, bool isChanged, HashSet<int> changed, ref int at, StringBuilder written)
    {
        var parts = new List<string>();
        foreach (var item in items)
        {
            var part = new StringBuilder();
            Write(fuzz, item, changed, ref at, part);
            parts.Add(part.ToString());
        }

        if (isChanged)
        {
            parts = fuzz.Random.Next(3) switch
            {
                0 => [],
                1 => [.. parts, fuzz.Pick(Values)],
                _ => [.. Enumerable.Repeat(parts, fuzz.Pick([2, 3, 120])).SelectMany(all => all)],
            };
        }

        written.Append('[').AppendJoin(',', parts).Append(']');
    }

    private static string Value(FuzzCase fuzz, JsonNode? node) => fuzz.Random.Next(10) switch
    {
        < 3 when node is JsonValue value && value.GetValueKind() == JsonValueKind.String => Quoted(fuzz.Text(value.GetValue<string>())),
        < 4 => fuzz.Pick(TextMutations.Numbers),
        4 => fuzz.Pick<Func<string>>([Deep(fuzz, "[", "]"), Deep(fuzz, "{\"a\":", "}")])(),
        5 => $"\"{fuzz.Pick(TextMutations.Numbers)}\"",
        6 => $"\"{fuzz.Pick(TextMutations.Pieces)}\"",
        _ => fuzz.Pick(Values),
    };

    private static Func<string> Deep(FuzzCase fuzz, string open, string close)
    {
        var depth = fuzz.Pick([10, 16, 17, 63, 64, 65, 300, 5_000]);
        return () => $"{string.Concat(Enumerable.Repeat(open, depth))}1{string.Concat(Enumerable.Repeat(close, depth))}";
    }

    // Half of a surrogate pair as an escape, which a JSON text may have.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character is >= ' ' and <= '~' and not '"' and not '\\'
                ? quoted.Append(character)
                : quoted.Append($"\\u{(int)character:x4}");
        }

        return quoted.Append('"').ToString();
    }
}
