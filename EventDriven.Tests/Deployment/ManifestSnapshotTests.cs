using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EventDriven.Tests.Deployment;

/// <summary>Aspire's manifest under <c>deploy/</c> refers to what is in it, and has no secret.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed partial class ManifestSnapshotTests
{
    private static readonly string[] Services = ["analytics", "checkout", "inventory", "notifications", "recommendations"];

    private static readonly JsonObject Resources = Snapshot.Manifest();

    [Fact]
    public void What_it_refers_to_is_there() => Assert.All(
        Reference().Matches(Resources.ToJsonString()).Select(match => match.Groups["path"].Value.Split('.')),
        path =>
        {
            var resource = Resources[path[0]];
            Assert.True(resource is not null, $"There is no resource '{path[0]}'.");

            // The host, port or URL of a binding is what the target gives it.
            Assert.NotNull(path[1] == "bindings"
                ? resource["bindings"]![path[2]]
                : path.Skip(1).Aggregate<string, JsonNode?>(resource, Child));
        });

    [Fact]
    public void Jobs_make_databases_and_topics_and_end()
    {
        Assert.Equal(["databases", "apply"], Arguments("databases").Take(2));
        Assert.Equal(["topics", "apply"], Arguments("topics").Take(2));

        static IEnumerable<string> Arguments(string job) => Resources[job]!["args"]!.AsArray().Select(argument => argument!.ToString());
    }

    [Fact]
    public void Only_the_job_has_the_administrators_login() => Assert.Equal(
        ["databases"],
        Resources.Where(resource => resource.Value!["env"] is JsonObject && (string?)resource.Value["type"] == "project.v0"
                && resource.Value["env"]!.ToJsonString().Contains("Username=postgres", StringComparison.Ordinal))
            .Select(resource => resource.Key));

    [Fact]
    public void Each_service_has_a_role_and_a_user_of_its_own() => Assert.All(Services, service =>
    {
        Assert.Equal(
            $"Host={{postgres.bindings.tcp.host}};Port={{postgres.bindings.tcp.port}};Username={service};"
            + $"Password={{{service}db-password.value}};Database={service}db",
            (string?)Resources[$"{service}db"]!["connectionString"]);
        Assert.Equal(
            $"{{redis.bindings.tcp.host}}:{{redis.bindings.tcp.port}},user={service},password={{redis-{service}-password.value}}",
            (string?)Resources[service]!["env"]!["ConnectionStrings__redis"]);
    });

    [Fact]
    public void No_secret_is_in_it() => Assert.All(
        Resources.Where(resource => (string?)resource.Value!["type"] == "parameter.v0"),
        parameter => Assert.Equal($"{{{parameter.Key}.inputs.value}}", (string?)parameter.Value!["value"]));

    // A value that is asked for has none in the manifest.
    private static JsonNode? Child(JsonNode? node, string name) => node?[name];

    [GeneratedRegex("""\{(?<path>[\w-]+\.[\w.-]+)\}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
