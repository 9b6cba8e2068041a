using Confluent.SchemaRegistry;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Gate;

/// <summary>
/// Asks a Confluent-compatible schema registry whether it would take each contract. Subjects are named by topic and record
/// (<c>orders.v1-shop.orders.order-placed.v1</c>), as <c>TopicRecordNameStrategy</c> does, because a topic carries several events.
/// </summary>
internal sealed class RegistryCheck : IDisposable
{
    private const int SubjectNotFound = 40401;
    private const int VersionNotFound = 40402;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly CachedSchemaRegistryClient _client;
    private readonly Uri _url;

    /// <param name="url">The registry, with a user's name and password if it asks for them.</param>
    public RegistryCheck(Uri url)
    {
        var config = new SchemaRegistryConfig
        {
            Url = url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped),
            RequestTimeoutMs = (int)Timeout.TotalMilliseconds,

            // With 0 the client does not even ask once, and throws a NullReferenceException.
            MaxRetries = 1,
        };
        if (url.UserInfo.Length > 0)
        {
            config.BasicAuthUserInfo = Uri.UnescapeDataString(url.UserInfo);
        }

        _url = new Uri(config.Url);
        _client = new CachedSchemaRegistryClient(config);
    }

    /// <summary>A contract that the registry would refuse is an error where its record is declared.</summary>
    /// <exception cref="ContractException">The registry does not answer, or refuses to.</exception>
    public async Task<IReadOnlyList<Finding>> CheckAsync(IEnumerable<EventContract> contracts, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var contract in contracts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var subject = $"{contract.Topic}-{contract.Type}";
            if (!await IsTakenAsync(subject, contract.Schema.ToJsonString()))
            {
                findings.Add(new Finding(
                    IsError: true,
                    "EDC009",
                    contract.At,
                    $"{contract.Type}: the registry at {_url} would refuse it as the next version of {subject}. Compare it with the "
                    + "version there (contracts diff), or set the subject's compatibility."));
            }
        }

        return findings;
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> IsTakenAsync(string subject, string schema)
    {
        try
        {
            return await _client.IsCompatibleAsync(subject, new Schema(schema, SchemaType.Json)).WaitAsync(Timeout);
        }
        catch (SchemaRegistryException exception) when (exception.ErrorCode is SubjectNotFound or VersionNotFound)
        {
            // The first version of a subject is always taken.
            return true;
        }
        catch (Exception exception) when (exception is SchemaRegistryException or HttpRequestException or TimeoutException)
        {
            throw new ContractException($"The schema registry at {_url} does not answer as one: {exception.Message}", exception);
        }
    }
}
