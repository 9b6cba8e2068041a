using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventDriven.Cli;

/// <summary><c>--json</c>: output for programs.</summary>
internal static class JsonOutput
{
    /// <summary>Property names in camel case, indented. As deep as a schema may be.</summary>
    public static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, MaxDepth = 1024 };

    public static Option<bool> Option { get; } = new("--json")
    {
        Description = "Writes JSON, for programs. Long-running commands write one object a line.",
        Recursive = true,
    };

    public static bool IsJson(this ParseResult parsed) => parsed.GetValue(Option);

    public static void Write(JsonNode node) => Console.WriteLine(node.ToJsonString(Indented));

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> item) => new([.. items.Select(item)]);
}
