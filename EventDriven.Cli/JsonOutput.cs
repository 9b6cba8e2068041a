using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EventDriven.Cli;

/// <summary>
/// <c>--json</c>: output for programs. Names are in camel case, times are UTC (RFC 3339), durations are seconds and say so in their name.
/// What a command writes is a type of its own, from which docs/cli.md has its fields.
/// </summary>
internal static class JsonOutput
{
    /// <summary>As output is written: as deep as a schema may be.</summary>
    public static readonly JsonSerializerOptions Indented = Create(indented: true);

    /// <summary>For output of one object a line.</summary>
    public static readonly JsonSerializerOptions Line = Create(indented: false);

    public static Option<bool> Option { get; } = new("--json")
    {
        Description = "Writes JSON, for programs. Long-running commands write one object a line.",
        Recursive = true,
    };

    public static bool IsJson(this ParseResult parsed) => parsed.GetValue(Option);

    public static void Write<T>(T output) => Console.WriteLine(JsonSerializer.Serialize(output, Indented));

    /// <summary>Writes one line of several.</summary>
    public static void WriteLine<T>(T line) => Console.WriteLine(JsonSerializer.Serialize(line, Line));

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> item) => new([.. items.Select(item)]);

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        Converters = { new UtcTimeConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = indented,
        MaxDepth = 1024,
    };
}
