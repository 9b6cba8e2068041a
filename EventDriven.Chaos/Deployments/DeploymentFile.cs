using System.Text.Json;
using System.Text.Json.Serialization;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Faults;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Deployments;

/// <summary>A deployment of the user's own, as a file describes it (docs/reliability.md).</summary>
/// <param name="Instances">
/// Addresses of the services' instances, by name: <c>checkout</c>, and <c>checkout-2</c> for a second one. A load balancer is an instance,
/// too.
/// </param>
/// <param name="ConnectionStrings">
/// Connection strings by name: <c>kafka</c> (brokers, or settings of the client as <c>name=value;name=value</c>) and each service's
/// database, such as <c>checkoutdb</c>, of a role that may read all tables.
/// </param>
/// <param name="Token">An access token with every scope that lasts longer than the run.</param>
/// <param name="WebhookSecret">The secret with which the payment provider signs.</param>
internal sealed record DeploymentFile(
    IReadOnlyDictionary<string, Uri?> Instances,
    IReadOnlyDictionary<string, string?> ConnectionStrings,
    string Token,
    string WebhookSecret)
{
    private const int MostRecoverySeconds = 3_600;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The file.</summary>
    [JsonIgnore]
    public string Path { get; private init; } = "";

    /// <summary>The folder of mails; null where they are not written to files, and then no mail is checked.</summary>
    public string? MailFolder { get; init; }

    /// <summary>How long the deployment may take to recover from the last fault, in seconds.</summary>
    public int RecoverySeconds { get; init; } = 60;

    /// <summary>What can happen to it; nothing, if the file has no faults.</summary>
    public IReadOnlyList<DeploymentFault?> Faults { get; init; } = [];

    /// <summary>The same, for a schedule.</summary>
    [JsonIgnore]
    public IReadOnlyList<FaultKind> Kinds =>
    [
        .. Faults.Select(fault => new FaultKind(
            fault!.Name, $"a command of {Path}", "target", [fault.Target], fault.Least, fault.Most)),
    ];

    /// <summary>Makes a fault of a schedule.</summary>
    public IFault Create(PlannedFault planned) => new CommandFault(Faults.Single(fault => fault!.Name == planned.Kind)!);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It can't be read, or lacks something; the message says what.</exception>
    public static DeploymentFile Read(string path)
    {
        try
        {
            using var content = File.OpenRead(path);
            var deployment = JsonSerializer.Deserialize<DeploymentFile>(content, Json) ?? throw new JsonException("it is empty");
            return deployment.Refusal() is { } refusal
                ? throw new InvalidDataException($"{path}: {refusal}")
                : deployment with { Path = path };
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>Where it stands: what it says is secret.</summary>
    public override string ToString() => Path;

    private string? Refusal()
    {
        var services = Topology.Services.Where(service => Instances.GetValueOrDefault(service) is null).ToList();
        var strings = EvidenceReader.Databases.Prepend(Topology.Kafka)
            .Where(name => string.IsNullOrWhiteSpace(ConnectionStrings.GetValueOrDefault(name))).ToList();
        return services.Count > 0 ? $"'instances' has no address of {string.Join(", ", services)}."
            : Instances.Keys.Except(Topology.Instances).FirstOrDefault() is { } unknown
                ? $"'instances': {unknown} is none of {string.Join(", ", Topology.Instances)}. Any more are behind a load balancer."
            : Instances.FirstOrDefault(instance => !IsHttp(instance.Value)) is { Key: { } wrong }
                ? $"'instances': the address of {wrong} does not begin with http:// or https://."
            : strings.Count > 0 ? $"'connectionStrings' has none of {string.Join(", ", strings)}."
            : MailFolder is not null && !Directory.Exists(MailFolder) ? $"'mailFolder': there is no folder {MailFolder}."
            : RecoverySeconds is < 1 or > MostRecoverySeconds ? $"'recoverySeconds' is a number from 1 to {MostRecoverySeconds}."
            : Faults.Select(RefusalOf).FirstOrDefault(refusal => refusal is not null) is { } fault ? $"'faults': {fault}"
            : Faults.GroupBy(one => one!.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? $"'faults' has two with the name {twice.Key}."
            : null;
    }

    private static string? RefusalOf(DeploymentFault? fault)
    {
        string[] targets = [.. Topology.Instances, .. Topology.Servers];
        return fault is null ? "one is null."
            : !targets.Contains(fault.Target)
                ? $"{fault.Name} happens to '{fault.Target}'. A target is one of {string.Join(", ", targets)}."
            : fault.End is null && (fault.Shortest ?? fault.Longest) is not null
                ? $"{fault.Name} has no 'end', so that it can't last: leave out 'shortest' and 'longest'."
            : fault.Least < TimeSpan.Zero || fault.Most < fault.Least
                ? $"{fault.Name} lasts from {fault.Least.TotalSeconds} to {fault.Most.TotalSeconds} s, which is no range of time."
            : null;
    }

    private static bool IsHttp(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
