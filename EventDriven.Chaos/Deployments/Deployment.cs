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
internal sealed record Deployment(
    IReadOnlyDictionary<string, Uri> Instances,
    IReadOnlyDictionary<string, string> ConnectionStrings,
    string Token,
    string WebhookSecret)
{
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
    public string File { get; private init; } = "";

    /// <summary>The folder of mails; null where they are not written to files, and then no mail is checked.</summary>
    public string? MailFolder { get; init; }

    /// <summary>What can happen to it; nothing, if the file has no faults.</summary>
    public IReadOnlyList<DeploymentFault> Faults { get; init; } = [];

    /// <summary>The same, for a schedule.</summary>
    [JsonIgnore]
    public IReadOnlyList<FaultKind> Kinds =>
    [
        .. Faults.Select(fault => new FaultKind(
            fault.Name,
            fault.Begin,
            "target",
            [fault.Target],
            TimeSpan.FromSeconds(fault.Shortest),
            TimeSpan.FromSeconds(fault.Longest))),
    ];

    /// <summary>Makes a fault of a schedule.</summary>
    public IFault Create(PlannedFault planned) => new CommandFault(Faults.Single(fault => fault.Name == planned.Kind));

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It can't be read, or lacks something; the message says what.</exception>
    public static Deployment Read(string file)
    {
        try
        {
            using var content = System.IO.File.OpenRead(file);
            var deployment = JsonSerializer.Deserialize<Deployment>(content, Json) ?? throw new JsonException("it is empty");
            return deployment.Refusal() is { } refusal
                ? throw new InvalidDataException($"{file}: {refusal}")
                : deployment with { File = file };
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file} can't be read: {exception.Message}", exception);
        }
    }

    private string? Refusal()
    {
        var services = Topology.Services.Where(service => !Instances.ContainsKey(service)).ToList();
        var strings = EvidenceReader.Databases.Prepend(Topology.Kafka).Where(name => !ConnectionStrings.ContainsKey(name)).ToList();
        var targets = Instances.Keys.Concat(Topology.Services).Concat(Topology.Servers).ToHashSet(StringComparer.Ordinal);
        return services.Count > 0 ? $"'instances' has no address of {string.Join(", ", services)}."
            : Instances.FirstOrDefault(instance => !IsHttp(instance.Value)) is { Key: { } wrong }
                ? $"'instances': the address of {wrong} does not begin with http:// or https://."
            : strings.Count > 0 ? $"'connectionStrings' has none of {string.Join(", ", strings)}."
            : Faults.GroupBy(fault => fault.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? $"'faults' has two with the name {twice.Key}."
            : Faults.FirstOrDefault(fault => !targets.Contains(fault.Target)) is { } lost
                ? $"'faults': {lost.Name} happens to '{lost.Target}'. A target is one of {string.Join(", ", targets)}."
            : Faults.FirstOrDefault(fault => fault.Shortest < 0 || fault.Longest < fault.Shortest) is { } odd
                ? $"'faults': {odd.Name} lasts from {odd.Shortest} to {odd.Longest} s, which is no range of time."
            : null;
    }

    private static bool IsHttp(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
