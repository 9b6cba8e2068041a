using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
    private static readonly MediaTypeHeaderValue Media = new("application/vnd.schemaregistry.v1+json");
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Uri _url;

    /// <param name="url">The registry, with a user's name and password if it asks for them.</param>
    public RegistryCheck(Uri url)
    {
        _url = new Uri(url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped).TrimEnd('/') + "/");
        if (url.UserInfo.Length > 0)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        }
    }

    /// <summary>A contract that the registry would refuse is an error where its record is declared.</summary>
    /// <exception cref="ContractException">The registry does not answer, or refuses to.</exception>
    public async Task<IReadOnlyList<Finding>> CheckAsync(IEnumerable<EventContract> contracts, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var contract in contracts)
        {
            var subject = $"{contract.Topic}-{contract.Type}";
            if (!await IsTakenAsync(subject, contract.Schema.ToJsonString(), cancellationToken))
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

    private async Task<bool> IsTakenAsync(string subject, string schema, CancellationToken cancellationToken)
    {
        var url = new Uri(_url, $"compatibility/subjects/{Uri.EscapeDataString(subject)}/versions/latest");
        try
        {
            using var body = JsonContent.Create(new JsonObject { ["schema"] = schema, ["schemaType"] = "JSON" }, Media);
            using var response = await _client.PostAsync(url, body, cancellationToken);
            if (response.StatusCode != HttpStatusCode.NotFound)
            {
                response.EnsureSuccessStatusCode();
            }

            var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound
                && answer?["error_code"]?.GetValue<int>() is SubjectNotFound or VersionNotFound)
            {
                // The first version of a subject is always taken.
                return true;
            }

            response.EnsureSuccessStatusCode();
            return answer?["is_compatible"]?.GetValue<bool>() ?? throw new JsonException("It doesn't say is_compatible.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ContractException($"The schema registry at {_url} does not answer as one: {exception.Message}", exception);
        }
    }
}
