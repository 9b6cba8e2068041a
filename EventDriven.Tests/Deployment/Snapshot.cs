using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace EventDriven.Tests.Deployment;

/// <summary>The files under <c>deploy/</c>: what the AppHost publishes to each target.</summary>
internal static partial class Snapshot
{
    /// <summary>The folder of a target.</summary>
    public static string Folder(string target) => Path.Combine(Repository.Root, "deploy", target);

    public static JsonObject Manifest() => Read("manifest.json")["resources"]!.AsObject();

    public static JsonObject Compose() => Yaml(File.ReadAllText(Path.Combine(Folder("compose"), "docker-compose.yaml"))).AsObject();

    /// <summary>The names in Compose's <c>.env</c>, and what they are there.</summary>
    public static Dictionary<string, string> ComposeVariables() => File.ReadLines(Path.Combine(Folder("compose"), ".env"))
        .Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>The values of the chart.</summary>
    public static JsonObject ChartValues() => Yaml(File.ReadAllText(Path.Combine(Folder("kubernetes"), "values.yaml"))).AsObject();

    /// <summary>
    /// What the chart installs, with its values put in, as Helm does it; a secret is <c>SECRET</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">A template refers to a value that the chart does not have.</exception>
    public static IReadOnlyList<JsonObject> Chart()
    {
        var values = ChartValues();
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(Folder("kubernetes"), "templates"), "*.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => Yaml(Reference().Replace(File.ReadAllText(file), match => Value(values, match, file))).AsObject()),
        ];
    }

    /// <summary>Reads YAML, in which every scalar becomes a text.</summary>
    public static JsonNode Yaml(string text) => JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build()
        .Serialize(new DeserializerBuilder().Build().Deserialize<object>(text)))!;

    private static JsonObject Read(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", file)))!.AsObject();

    private static string Value(JsonObject values, Match reference, string file)
    {
        var path = reference.Groups["path"].Value.Split('.');
        if (path[0] != "Values")
        {
            return path[^1].ToLowerInvariant();
        }

        JsonNode? found = values;
        foreach (var name in path.Skip(1))
        {
            found = found?[name];
        }

        return path[1] == "secrets" && found is not null ? "SECRET" : found?.ToString() ?? throw new InvalidOperationException(
            $"{Path.GetRelativePath(Repository.Root, file)} refers to {reference.Value}, which values.yaml does not have.");
    }

    [GeneratedRegex(
        """\{\{ \.(?<path>[\w.]+)( \| \w+)* \}\}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
