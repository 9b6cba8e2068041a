using System.Net;
using EventDriven.Messaging.Privacy;

namespace Notifications.Worker.Privacy;

/// <summary>The keys of customers' data, from Checkout, which owns them (<c>GET /keys/{id}</c>).</summary>
internal sealed class CheckoutKeys(HttpClient http) : ISubjectKeySource
{
    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">Checkout refuses the key, or doesn't answer.</exception>
    public async Task<SubjectKey?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri($"/keys/{id}", UriKind.Relative), cancellationToken);
        if (response.StatusCode == HttpStatusCode.Gone && await IsAsync(response, "key-destroyed", cancellationToken))
        {
            return null;
        }

        if (response.StatusCode == HttpStatusCode.NotFound && await IsAsync(response, "unknown-key", cancellationToken))
        {
            throw new KeyNotFoundException($"Checkout knows no key {id}.");
        }

        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync(KeysJson.Default.KeyAnswer, cancellationToken)
            ?? throw new HttpRequestException("Checkout answered without a key.");
        return new SubjectKey(answer.Id, answer.CustomerId.ToString(), answer.Key);
    }

    // Another 404 or 410, of a proxy for example, says that the address is wrong: then nothing is known about the key.
    private static async Task<bool> IsAsync(HttpResponseMessage response, string code, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json"
        && (await response.Content.ReadFromJsonAsync(KeysJson.Default.KeyProblem, cancellationToken))?.Code == code;
}
