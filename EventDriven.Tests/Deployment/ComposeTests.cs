using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventDriven.ServiceDefaults.Draining;

namespace EventDriven.Tests.Deployment;

/// <summary>The file for Docker Compose under <c>deploy/compose</c> says what a machine needs to know, and no secret.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed partial class ComposeTests
{
    private const int HostShutdownSeconds = 30;
    private const int TelemetrySeconds = 15;

    private static readonly string[] Consumers = ["analytics", "checkout", "inventory", "notifications", "recommendations"];
    private static readonly string[] Services = [.. Consumers, "control-room"];
    private static readonly string[] Servers = ["kafka", "postgres", "redis"];
    private static readonly string[] Jobs = ["databases", "topics"];

    private static readonly JsonObject File = Snapshot.Compose();

    [Fact]
    public void It_has_every_service_server_and_job() => Assert.Equal(
        Services.Concat(Servers).Concat(Jobs).Order(StringComparer.Ordinal),
        File["services"]!.AsObject().Select(service => service.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void What_it_refers_to_is_there()
    {
        var variables = Snapshot.ComposeVariables();
        Assert.All(
            Variable().Matches(File.ToJsonString()), match => Assert.Contains(match.Groups["name"].Value, variables.Keys));
        Assert.All(Services.Concat(Servers).Concat(Jobs).Select(Of), service =>
        {
            Assert.All(
                service["depends_on"]?.AsObject() ?? [], dependency => Assert.NotNull(File["services"]![dependency.Key]));
            Assert.All(
                service["networks"]!.AsArray(), network => Assert.True(File["networks"]!.AsObject().ContainsKey(network!.ToString())));
            Assert.All(
                service["volumes"]?.AsArray() ?? [], volume => Assert.NotNull(File["volumes"]![volume!["source"]!.ToString()]));
        });
    }

    [Fact]
    public void Jobs_end_before_a_service_starts_in_their_order()
    {
        Assert.Equal("service_healthy", Condition("databases", "postgres"));
        Assert.Equal("service_completed_successfully", Condition("topics", "databases"));
        Assert.All(Consumers, service => Assert.Equal("service_completed_successfully", Condition(service, "topics")));
        Assert.All(Jobs, job => Assert.StartsWith("on-failure", Of(job)["restart"]!.ToString(), StringComparison.Ordinal));

        static string Condition(string service, string on) => Of(service)["depends_on"]![on]!["condition"]!.ToString();
    }

    [Fact]
    public void Servers_say_whether_they_answer() =>
        Assert.All(Servers, server => Assert.NotEmpty(Of(server)["healthcheck"]!["test"]!.AsArray()));

    [Fact]
    public void No_container_takes_all_there_is_and_none_runs_as_root() => Assert.All(
        Services.Concat(Servers).Concat(Jobs).Select(Of),
        service =>
        {
            var limits = service["deploy"]!["resources"]!["limits"]!;
            Assert.NotEmpty(limits["cpus"]!.ToString());
            Assert.NotEmpty(limits["memory"]!.ToString());
            Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", service["user"]!.ToString());
            Assert.Equal("ALL", Assert.Single(service["cap_drop"]!.AsArray())!.ToString());
            Assert.Equal("no-new-privileges:true", Assert.Single(service["security_opt"]!.AsArray())!.ToString());
        });

    [Fact]
    public void What_is_ours_writes_nothing_but_tmp() => Assert.All(Services.Concat(Jobs).Select(Of), service =>
    {
        Assert.Equal("true", service["read_only"]!.ToString());
        Assert.Equal("/tmp", Assert.Single(service["tmpfs"]!.AsArray())!.ToString());
    });

    [Fact]
    public void A_service_has_longer_to_end_than_it_needs() => Assert.All(
        Services, service => Assert.True(
            int.Parse(Of(service)["stop_grace_period"]!.ToString().TrimEnd('s'), CultureInfo.InvariantCulture)
                > HostShutdownSeconds + TelemetrySeconds + DrainOptions.InDeployments.TotalSeconds));

    [Fact]
    public void Only_what_people_and_clients_use_is_reached_from_outside() => Assert.Equal(
        ["checkout", "control-room"],
        File["services"]!.AsObject().Where(service => service.Value!["ports"] is not null).Select(service => service.Key));

    [Fact]
    public void What_lasts_is_in_volumes() =>
        Assert.All(["postgres", "kafka", "control-room"], server => Assert.Single(Of(server)["volumes"]!.AsArray()));

    /// <summary>Else a restart would sign everybody out.</summary>
    [Fact]
    public void The_keys_that_protect_sessions_are_kept_in_a_volume() => Assert.StartsWith(
        $"{Of("control-room")["volumes"]![0]!["target"]}/",
        Of("control-room")["environment"]!["ControlRoom__KeysFolder"]!.ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void No_secret_is_in_it()
    {
        Assert.All(Snapshot.ComposeVariables(), variable => Assert.Equal("", variable.Value));
        Assert.DoesNotMatch(PasswordInClear(), File.ToJsonString());
    }

    [Fact]
    public void Each_service_has_a_role_and_a_user_of_its_own() => Assert.All(Consumers, service =>
    {
        var environment = Of(service)["environment"]!;
        var name = service.ToUpperInvariant();
        Assert.Equal(
            $"Host=postgres;Port=5432;Username={service};Password=${{{name}DB_PASSWORD}};Database={service}db",
            environment[$"ConnectionStrings__{service}db"]!.ToString());
        Assert.Equal(
            $"redis:6379,user={service},password=${{REDIS_{name}_PASSWORD}}", environment["ConnectionStrings__redis"]!.ToString());
    });

    private static JsonNode Of(string service) => File["services"]![service]!;

    [GeneratedRegex("""(?<!\$)\$\{(?<name>\w+)\}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(
        """(password|secret)=[^$;,\s"]""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PasswordInClear();
}
