using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventDriven.Contracts;
using EventDriven.ServiceDefaults.Draining;

namespace EventDriven.Tests.Deployment;

/// <summary>The Helm chart under <c>deploy/kubernetes</c> says what a cluster needs to know, and no secret.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed partial class ChartTests
{
    // As .NET's host waits for requests and events in hand.
    private const int HostShutdownSeconds = 30;

    // Until telemetry that nobody takes is given up.
    private const int TelemetrySeconds = 15;

    private static readonly string[] Consumers = ["analytics", "checkout", "inventory", "notifications", "recommendations"];
    private static readonly string[] Services = [.. Consumers.Append("control-room").Order(StringComparer.Ordinal)];
    private static readonly string[] Servers = ["kafka", "postgres", "redis"];
    private static readonly string[] Jobs = ["databases", "topics"];

    private static readonly IReadOnlyList<JsonObject> Chart = Snapshot.Chart();

    private static IEnumerable<JsonObject> Workloads => Chart.Where(resource => resource["spec"]?["template"] is not null);

    [Fact]
    public void It_has_every_service_server_and_job()
    {
        Assert.Equal(Services, Named("Deployment"));
        Assert.Equal(Servers, Named("StatefulSet"));
        Assert.Equal(Jobs, Named("Job"));
        Assert.Equal(Consumers, Named("ScaledObject"));

        string[] Named(string kind) =>
            [.. Of(kind).Select(resource => Owner(Text(resource, "metadata", "name"))).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void What_a_pod_reads_is_in_the_chart()
    {
        var known = Chart.Select(resource => (Text(resource, "kind"), Text(resource, "metadata", "name"))).ToHashSet();
        Assert.Equal(Chart.Count, known.Count);
        foreach (var pod in Workloads.Select(Pod))
        {
            foreach (var from in Container(pod)["envFrom"]?.AsArray() ?? [])
            {
                Assert.Contains(from!["configMapRef"] is { } map
                    ? ("ConfigMap", Text(map, "name"))
                    : ("Secret", Text(from["secretRef"]!, "name")), known);
            }

            var volumes = pod["volumes"]?.AsArray() ?? [];
            foreach (var claim in volumes.Select(volume => volume!["persistentVolumeClaim"]).OfType<JsonNode>())
            {
                Assert.Contains(("PersistentVolumeClaim", Text(claim, "claimName")), known);
            }

            Assert.Equal(
                (Container(pod)["volumeMounts"]?.AsArray() ?? []).Select(mount => Text(mount!, "name")).Order(StringComparer.Ordinal),
                volumes.Select(volume => Text(volume!, "name")).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Whom_a_pod_calls_answers_on_that_port()
    {
        var listening = Of("Service").SelectMany(service => service["spec"]!["ports"]!.AsArray()
            .Select(port => $"{Text(service, "metadata", "name")}:{Text(port!, "port")}")).ToHashSet(StringComparer.Ordinal);
        var called = Of("ConfigMap").Concat(Of("Secret"))
            .Where(settings => !Text(settings, "metadata", "name").StartsWith("kafka-", StringComparison.Ordinal))
            .SelectMany(settings => (settings["data"] ?? settings["stringData"])!.AsObject())
            .SelectMany(setting => Address().Matches(setting.Value!.ToString()))
            .Select(match => $"{match.Groups["host"].Value}:{match.Groups["port"].Value}")
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains("postgres-service:5432", called);
        Assert.Subset(listening, called);
    }

    [Fact]
    public void A_service_is_asked_whether_it_started_lives_and_is_ready() => Assert.All(Of("Deployment"), deployment =>
    {
        var container = Container(Pod(deployment));
        Assert.All(
            (IEnumerable<(string Probe, string Path)>)
                [("startupProbe", "/alive"), ("livenessProbe", "/alive"), ("readinessProbe", "/health")],
            expected =>
            {
                var asked = container[expected.Probe]!["httpGet"]!;
                Assert.Equal((expected.Path, "HTTP"), (Text(asked, "path"), Text(asked, "scheme")));
                Assert.Equal(Text(container["ports"]!.AsArray().Single()!, "containerPort"), Text(asked, "port"));
            });

        // A migration, which may wait a minute for its database and for other instances.
        var startup = container["startupProbe"]!;
        Assert.True(Number(startup, "periodSeconds") * Number(startup, "failureThreshold") >= 120);
    });

    [Fact]
    public void A_service_has_longer_to_end_than_it_needs() => Assert.All(
        Of("Deployment"),
        deployment =>
        {
            var drain = DrainOptions.InDeployments.TotalSeconds;
            Assert.True(Number(Pod(deployment), "terminationGracePeriodSeconds") > HostShutdownSeconds + TelemetrySeconds + drain);

            // Whoever asks as often as these probes has turned away by then.
            var readiness = Container(Pod(deployment))["readinessProbe"]!;
            Assert.True(drain > Number(readiness, "periodSeconds") * Number(readiness, "failureThreshold"));

            // A volume is one pod's at a time.
            Assert.Equal(
                HasVolume(deployment) ? ("0", "1") : ("1", "0"),
                (Text(deployment, "spec", "strategy", "rollingUpdate", "maxSurge"),
                    Text(deployment, "spec", "strategy", "rollingUpdate", "maxUnavailable")));
        });

    [Fact]
    public void Servers_are_asked_whether_they_answer() => Assert.All(Of("StatefulSet"), server => Assert.All(
        ["livenessProbe", "readinessProbe"],
        probe => Assert.NotEmpty(Container(Pod(server))[probe]!["exec"]!["command"]!.AsArray())));

    [Fact]
    public void No_container_takes_all_there_is_and_none_runs_as_root() => Assert.All(Workloads, workload =>
    {
        var pod = Pod(workload);
        var container = Container(pod);
        Assert.All(["limits", "requests"], bound => Assert.All(
            ["cpu", "memory"], resource => Assert.NotEmpty(Text(container, "resources", bound, resource))));
        Assert.Equal("true", Text(pod, "securityContext", "runAsNonRoot"));
        Assert.NotEqual("0", Text(pod, "securityContext", "runAsUser"));
        Assert.Equal("RuntimeDefault", Text(pod, "securityContext", "seccompProfile", "type"));
        Assert.Equal("false", Text(container, "securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("ALL", Assert.Single(container["securityContext"]!["capabilities"]!["drop"]!.AsArray())!.ToString());
        Assert.Equal("false", Text(pod, "automountServiceAccountToken"));
    });

    [Fact]
    public void What_is_ours_writes_nothing_but_tmp_and_the_control_room_its_keys() => Assert.All(
        Of("Deployment").Concat(Of("Job")),
        workload =>
        {
            var pod = Pod(workload);
            Assert.Equal("true", Text(Container(pod), "securityContext", "readOnlyRootFilesystem"));
            Assert.Equal(
                HasVolume(workload) ? ["/home/app", "/tmp"] : ["/tmp"],
                Container(pod)["volumeMounts"]!.AsArray().Select(mount => Text(mount!, "mountPath")));
            Assert.Equal(HasVolume(workload), Owner(Text(workload, "metadata", "name")) == "control-room");
            Assert.NotNull(pod["volumes"]!.AsArray().Single(volume => Text(volume!, "name") == "tmp")!["emptyDir"]);
        });

    /// <summary>Else a restart would sign everybody out.</summary>
    [Fact]
    public void The_keys_that_protect_sessions_are_kept_in_a_volume()
    {
        var room = Of("Deployment").Single(HasVolume);
        var folder = Text(Of("ConfigMap").Single(map => Text(map, "metadata", "name") == "control-room-config"),
            "data", "ControlRoom__KeysFolder");

        Assert.StartsWith(Text(Container(Pod(room))["volumeMounts"]![0]!, "mountPath") + "/", folder, StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_run_before_the_services_of_an_upgrade_in_their_order()
    {
        var weights = Of("Job").ToDictionary(job => Text(job, "metadata", "name"), Weight);
        Assert.True(weights["databases-job"] < weights["topics-job"]);
        Assert.All(Of("Job"), job =>
        {
            Assert.Contains("pre-upgrade", Hook(job), StringComparison.Ordinal);
            Assert.Contains("-install", Hook(job), StringComparison.Ordinal);
            Assert.Equal("OnFailure", Text(Pod(job), "restartPolicy"));

            // With the settings of the new version.
            foreach (var from in Container(Pod(job))["envFrom"]!.AsArray())
            {
                var read = Chart.Single(resource =>
                    Text(resource, "metadata", "name") == Text((from!["configMapRef"] ?? from["secretRef"])!, "name"));
                Assert.Equal(Hook(job), Hook(read));
                Assert.True(Weight(read) < Weight(job));
            }
        });

        static string Hook(JsonNode resource) => Text(resource, "metadata", "annotations", "helm.sh/hook");

        static int Weight(JsonNode resource) => Number(resource["metadata"]!["annotations"]!, "helm.sh/hook-weight");
    }

    [Fact]
    public void A_service_scales_by_the_lag_of_its_group_and_no_further_than_there_are_partitions() => Assert.All(
        Of("ScaledObject"),
        scaler =>
        {
            var spec = scaler["spec"]!;
            var deployment = Text(spec, "scaleTargetRef", "name");
            var service = Of("Deployment").Single(named => Text(named, "metadata", "name") == deployment)["spec"]!;
            Assert.Null(service["replicas"]);
            Assert.Equal(1, Number(spec, "minReplicaCount"));
            var group = Owner(deployment);
            var triggers = spec["triggers"]!.AsArray();
            foreach (var metadata in triggers.Where(trigger => Text(trigger!, "type") == "kafka").Select(trigger => trigger!["metadata"]!))
            {
                Assert.Equal(group, Text(metadata, "consumerGroup"));
                Assert.Contains(Topics.All, topic => topic.Name == Text(metadata, "topic"));
                Assert.NotNull(Of("ConfigMap").Single(map => Text(map, "metadata", "name") == $"{group}-config")
                    ["data"]![Text(metadata, "bootstrapServersFromEnv")]);
            }

            var read = triggers.Where(trigger => Text(trigger!, "type") == "kafka").Select(trigger => Text(trigger!, "metadata", "topic"));
            var partitions = Topics.All.Where(topic => read.Contains(topic.Name)).Select(topic => topic.Partitions).DefaultIfEmpty(
                Topics.All.Max(topic => topic.Partitions)).Max();
            Assert.True(Number(spec, "maxReplicaCount") <= partitions);

            var down = spec["advanced"]!["horizontalPodAutoscalerConfig"]!["behavior"]!["scaleDown"]!;
            Assert.True(Number(down, "stabilizationWindowSeconds") >= 60);
            Assert.Equal(1, Number(Assert.Single(down["policies"]!.AsArray())!, "value"));
        });

    [Fact]
    public void What_knows_something_in_its_memory_is_one_instance() => Assert.Equal(
        "1", Text(Of("Deployment").Single(named => Text(named, "metadata", "name") == "control-room-deployment"), "spec", "replicas"));

    [Fact]
    public void No_secret_is_in_the_chart()
    {
        foreach (var (_, secrets) in Snapshot.ChartValues()["secrets"]!.AsObject())
        {
            Assert.All(secrets!.AsObject(), secret => Assert.Equal("", secret.Value!.ToString()));
        }

        // Passwords stand in secrets alone, and are put in there.
        Assert.All(Chart.Where(resource => Text(resource, "kind") != "Secret"), resource =>
            Assert.DoesNotMatch(PasswordInClear(), resource.ToJsonString()));
        Assert.All(Of("Secret"), secret => Assert.All(secret["stringData"]!.AsObject(), value =>
        {
            Assert.Contains("SECRET", value.Value!.ToString(), StringComparison.Ordinal);
            Assert.DoesNotMatch(PasswordInClear(), value.Value!.ToString().Replace("=SECRET", "", StringComparison.Ordinal));
        }));
    }

    [Fact]
    public void Each_service_has_a_role_and_a_user_of_its_own() => Assert.All(Consumers, service =>
    {
        var secrets = Of("Secret").Single(secret => Text(secret, "metadata", "name") == $"{service}-secrets")["stringData"]!;
        Assert.Equal(
            $"Host=postgres-service;Port=5432;Username={service};Password=SECRET;Database={service}db",
            Text(secrets, $"ConnectionStrings__{service}db"));
        Assert.Equal($"redis-service:6379,user={service},password=SECRET", Text(secrets, "ConnectionStrings__redis"));
    });

    private static bool HasVolume(JsonNode workload) =>
        Pod(workload)["volumes"]!.AsArray().Any(volume => volume!["persistentVolumeClaim"] is not null);

    // checkout-deployment is of checkout.
    private static string Owner(string name) => name[..name.LastIndexOf('-')];

    private static IEnumerable<JsonObject> Of(string kind) => Chart.Where(resource => Text(resource, "kind") == kind);

    private static JsonNode Pod(JsonNode workload) => workload["spec"]!["template"]!["spec"]!;

    private static JsonNode Container(JsonNode pod) => Assert.Single(pod["containers"]!.AsArray())!;

    private static string Text(JsonNode node, params string[] path) =>
        path.Aggregate(node, (found, name) => found[name] ?? throw new InvalidOperationException(
            $"{string.Join('.', path)} is missing in {node.ToJsonString()}")).ToString();

    private static int Number(JsonNode node, string name) => int.Parse(Text(node, name), CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """(?<host>[a-z]+-service)(:|;Port=)(?<port>\d+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(
        """(password|secret)=[^;,\s"]""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PasswordInClear();
}
