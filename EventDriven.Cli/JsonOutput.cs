using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
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

    private static readonly JsonSerializerOptions Line = Create(indented: false);

    public static Option<bool> Option { get; } = new("--json")
    {
        Description = "Writes JSON, for programs. Long-running commands write one object a line.",
        Recursive = true,
    };

    public static bool IsJson(this ParseResult parsed) => parsed.GetValue(Option);

    public static void Write<T>(T output) => Console.WriteLine(JsonSerializer.Serialize(output, Indented));

    /// <summary>Writes one line of several.</summary>
    public static void WriteLine<T>(T line) => Console.WriteLine(ToLine(line));

    /// <summary>One line of several.</summary>
    public static string ToLine<T>(T line) => JsonSerializer.Serialize(line, Line);

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        Converters = { new UtcTimeConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        MaxDepth = 1024,
    };
}
