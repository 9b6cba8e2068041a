using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventDriven.Cli;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Cli;

namespace EventDriven.Tests.AppHost;

/// <summary>
/// What the application is where it is deployed to: the manifest that the AppHost publishes is <c>deploy/manifest.json</c>, with paths
/// relative to the repository, whichever of Aspire's packages the build has.
/// </summary>
public sealed partial class ManifestTests
{
    private const string MasterKey = "personal-data-master-key";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Snapshot => Path.Combine(Repository.Root, "deploy", "manifest.json");

    [Fact]
    public async Task The_published_application_is_the_accepted_one()
    {
        var accepted = (await File.ReadAllTextAsync(Snapshot, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var published = Without(AddedConsumers(accepted), await PublishAsync()).ToJsonString(Readable) + "\n";
        if (published != accepted)
        {
            var received = Path.Combine(AppContext.BaseDirectory, "manifest.received.json");
            await File.WriteAllTextAsync(received, published, TestContext.Current.CancellationToken);
            Assert.Fail($"""
                The AppHost publishes another application than the accepted one. {FirstDifference(accepted, published)}
                See all of it:           git diff --no-index "{Snapshot}" "{received}"
                Accept it, if it's meant: cp "{received}" "{Snapshot}"
                """);
        }
    }

    [Fact]
    public async Task Secrets_and_addresses_of_others_are_asked_for()
    {
        var resources = (await PublishAsync())["resources"]!.AsObject();

        string[] secrets =
        [
            "postgres-password", "redis-password", "redis-checkout-password", "checkoutdb-password", "auditdb-password", "smtp",
            "payment-webhook-secret", "checkout-client-secret", MasterKey,
        ];
        Assert.All([.. secrets, "payment-provider", "identity-authority", "identity-audience", "identity-token-endpoint"], name =>
        {
            Assert.Equal("parameter.v0", (string?)resources[name]!["type"]);
            Assert.Equal($"{{{name}.inputs.value}}", (string?)resources[name]!["value"]);
        });
        Assert.All(
            secrets,
            name => Assert.True((bool?)resources[name]!["inputs"]!["value"]!["secret"]));
    }

    [Fact]
    public async Task Nothing_of_this_machine_and_nothing_for_development_is_published()
    {
        var published = (await PublishAsync()).ToJsonString(Readable);

        Assert.All(
            [Repository.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + Path.DirectorySeparatorChar, "127.0.0.1",
                "Development", "Mail__Directory"],
            text => Assert.DoesNotContain(text, published, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Servers_that_exist_are_asked_for_and_services_keep_roles_of_their_own()
    {
        var resources = (await PublishAsync("Existing=postgres,redis,kafka"))["resources"]!.AsObject();

        Assert.DoesNotContain(resources, resource => (string?)resource.Value!["type"] == "container.v0");
        Assert.All(["redis", "kafka", "auditdb"], name => Assert.Equal("parameter.v0", (string?)resources[name]!["type"]));
        Assert.Equal(
            "{postgres-address.value};Username={postgres-administrator.value};Password={postgres-administrator-password.value}",
            (string?)resources["postgres"]!["connectionString"]);
        Assert.Equal(
            "{postgres-address.value};Username=checkout;Password={checkoutdb-password.value};Database=checkoutdb",
            (string?)resources["checkoutdb"]!["connectionString"]);
        Assert.Equal("{redis.connectionString}", (string?)resources["checkout"]!["env"]!["ConnectionStrings__redis"]);
    }

    [Theory]
    [InlineData("kafka")]
    [InlineData("postgres,redis,kafka")]
    public async Task With_access_rules_each_service_has_a_login_and_a_job_allows_it_what_its_program_declares(string existing)
    {
        var manifest = await PublishAsync($"Existing={existing}", "Acls=true", "Acls:Principals:checkout=User:sa-1");
        var resources = manifest["resources"]!.AsObject();

        var job = resources["acls"]!;
        var arguments = job["args"]!.AsArray().Select(argument => (string)argument!).ToList();
        Assert.Equal(["acls", "apply"], arguments[..2]);
        Assert.All(arguments, argument => Assert.DoesNotMatch("[{}$\"']", argument));
        var logins = resources.Where(resource => resource.Value!["env"]?["ConnectionStrings__kafka"] is not null).ToDictionary(
            resource => resource.Key, resource => (string?)resource.Value!["env"]!["ConnectionStrings__kafka"], StringComparer.Ordinal);
        Assert.Equal("{kafka-administrator.connectionString}", logins["acls"]);
        Assert.All(logins.Where(login => login.Key != "acls"), login => Assert.Equal(
            login.Key is "topics" or "control-room" ? "{kafka.connectionString}" : $"{{kafka-{login.Key}.connectionString}}", login.Value));
        Assert.Superset(new HashSet<string> { "checkout", "inventory", "recommendations" }, logins.Keys.ToHashSet());

        // As `acls apply` does where the programs are.
        string[] principal = ["--principal", "checkout=User:sa-1"];
        var declared = arguments.SkipWhile(argument => argument != "--principal").ToArray();
        Assert.Equal(principal, declared[..2]);
        Assert.Equal(await RulesAsync(principal), await RulesAsync(declared));
    }

    [Theory]
    [InlineData("Acls=true", "set Existing=kafka")]
    [InlineData("Acls=yes", "Acls is true or false, not 'yes'")]
    [InlineData("Acls=true Existing=kafka Acls:Principals:chekout=User:a", "Acls:Principals:chekout names a service that there is not")]
    public async Task Access_rules_that_can_not_be_published_are_refused(string settings, string reason)
    {
        var (exitCode, output) = await AppHostProgram.RunAsync(
            ["--operation", "publish", "--step", "publish-manifest", "DeployTo=manifest", .. settings.Split(' ')]);

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publication_that_fails_ends_with_an_error()
    {
        // No folder can be made there.
        var file = Path.GetTempFileName();
        var (exitCode, output) = await AppHostProgram.RunAsync(
            ["--operation", "publish", "--step", "publish-manifest", "--output-path", $"{file}/manifest.json", "DeployTo=manifest"]);
        File.Delete(file);

        Assert.True(exitCode == 1, $"The AppHost ended with {exitCode}:\n{output}");
        Assert.Contains(file, output, StringComparison.Ordinal);
    }

    private static async Task<string> RulesAsync(string[] arguments)
    {
        var (exitCode, rules) = await Output.OfAsync(() => CommandLine.RunAsync(
            OperatorCommands.Create(Asked.Nobody), ["acls", "show", "--json", .. arguments], TestContext.Current.CancellationToken));
        Assert.Equal(ExitCode.Done, exitCode);
        return rules;
    }

    /// <summary>The manifest, its paths relative to the repository.</summary>
    private static async Task<JsonObject> PublishAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("manifest-").FullName;
        try
        {
            var manifest = Path.Combine(folder, "manifest.json");
            var (exitCode, output) = await AppHostProgram.RunAsync(
                [
                    "--operation", "publish", "--step", "publish-manifest", "--output-path", manifest, "DeployTo=manifest", .. settings,
                ]);
            Assert.True(exitCode == 0, $"The AppHost ended with {exitCode}:\n{output}");
            var content = JsonNode.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!.AsObject();
            foreach (var (_, resource) in content["resources"]!.AsObject())
            {
                if ((string?)resource!["path"] is { } path)
                {
                    resource["path"] = Path.GetRelativePath(Repository.Root, Path.GetFullPath(path, folder)).Replace('\\', '/');
                }
            }

            return content;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Consumers that were declared since. They are as Recommendations is, which is accepted, so that adding one needs no change here.
    /// </summary>
    private static List<string> AddedConsumers(string accepted)
    {
        var known = JsonNode.Parse(accepted)!["resources"]!.AsObject();
        return [
            .. Directory.GetFiles(Path.Combine(Repository.Root, "EventDriven.AppHost", "Consumers"), "*.cs")
                .SelectMany(file => Declaration().Matches(File.ReadAllText(file)))
                .Select(declared => declared.Groups["name"].Value)
                .Where(name => !known.ContainsKey(name)),
        ];
    }

    private static JsonObject Without(List<string> consumers, JsonObject manifest)
    {
        foreach (var consumer in consumers)
        {
            var resources = manifest["resources"]!.AsObject();
            resources.Remove(consumer);
            var database = $"{consumer.Replace("-", "", StringComparison.Ordinal)}db";
            string[] own = [database, $"{database}-password", $"redis-{consumer}-password"];
            foreach (var name in own)
            {
                resources.Remove(name);
            }

            // What the others know of it.
            var variable = consumer.Replace('-', '_').ToUpperInvariant();
            resources["databases"]!["env"]!.AsObject().Remove($"ConnectionStrings__{database}");
            resources["redis"]!["env"]!.AsObject().Remove($"REDIS_{variable}_PASSWORD");
            var start = resources["redis"]!["args"]!.AsArray();
            start[1] = UserOf(consumer).Replace((string)start[1]!, "");
        }

        return manifest;
    }

    private static Regex UserOf(string consumer) =>
        new($""" "user {consumer} on [^"]*"(?= )""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex(
        """^\[assembly: Consumer<[^>]+>\("(?<name>[^"]+)",""", RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();

    private static string FirstDifference(string accepted, string published)
    {
        var (expected, actual) = (accepted.Split('\n'), published.Split('\n'));
        var line = Enumerable.Range(0, Math.Min(expected.Length, actual.Length)).FirstOrDefault(
            index => expected[index] != actual[index], Math.Min(expected.Length, actual.Length));
        return $"Line {line + 1} was {Line(expected)}, is {Line(actual)}.";

        string Line(string[] lines) => line < lines.Length ? $"'{lines[line].Trim()}'" : "beyond the end";
    }
}
