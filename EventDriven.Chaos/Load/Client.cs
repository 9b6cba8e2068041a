using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EventDriven.AppHost.Payments;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Load;

/// <summary>Sends requests, and notes of each what a client can know of it.</summary>
/// <param name="http">A client of an instance, with a token that allows everything.</param>
/// <param name="webhookSecret">The secret with which payments are signed.</param>
/// <param name="operations">Where requests are noted.</param>
/// <param name="time">The clock.</param>
internal sealed class Client(Func<string, HttpClient> http, string webhookSecret, OperationLog operations, TimeProvider time)
{
    // The first request with the key is still under way: no answer yet.
    private const string StillRunning = "idempotency-key-in-use";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly WebhookSigner _provider = new([webhookSecret], time);

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">What it is in the history: its own kind, or a repeat.</param>
    /// <param name="cancellationToken">Gives up; then it is unknown what came of it.</param>
    public async Task<ClientAnswer> SendAsync(ClientRequest request, OperationKind kind, CancellationToken cancellationToken)
    {
        var (number, begun) = (operations.NextNumber(), time.GetUtcNow());
        var answer = await TrySendAsync(request, operations.CorrelationId(number), cancellationToken);
        var operation = new Operation(
            number, kind, request.Instance, operations.CorrelationId(number), answer.CustomerId ?? request.CustomerId,
            request.OrderId ?? answer.OrderId, request.Key, request.Lines, begun, time.GetUtcNow(), answer.Outcome, answer.Status,
            answer.Hash);
        operations.Add(operation);
        return new ClientAnswer(request, operation, answer.IsFinal, answer.Total);
    }

    private async Task<Received> TrySendAsync(ClientRequest request, string correlationId, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Bound);
        try
        {
            using var message = await MessageAsync(request, correlationId, bound.Token);
            using var response = await http(request.Instance).SendAsync(message, bound.Token);
            var body = await response.Content.ReadAsByteArrayAsync(bound.Token);
            return Read(request, (int)response.StatusCode, body);
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError == HttpRequestError.ConnectionError && request.Body is not null)
        {
            // Nothing was sent. The client would have to try again. A request without a body may have been: its connection broke, and
            // it was the handler's own second attempt that found nobody.
            return new Received(Outcome.Failed, IsFinal: false);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return new Received(Outcome.Unknown, IsFinal: false);
        }
    }

    private async Task<HttpRequestMessage> MessageAsync(ClientRequest request, string correlationId, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(request.Method, request.Path)
        {
            Content = request.Body is null ? null : new StringContent(request.Body, Encoding.UTF8, "application/json"),
        };
        message.Headers.Add("X-Correlation-ID", correlationId);
        if (request.IsSigned)
        {
            message.Headers.Authorization = null;
            await _provider.SignAsync(message, $"msg_{request.Key}", cancellationToken);
        }
        else if (request.Key is not null)
        {
            message.Headers.Add("Idempotency-Key", request.Key);
        }

        if (request.Prefer is not null)
        {
            message.Headers.Add("Prefer", request.Prefer);
        }

        return message;
    }

    private static Received Read(ClientRequest request, int status, byte[] body)
    {
        var json = Json(body);
        var isAgain = status is 408 or 429 || (json is { } problem && Text(problem, "code") == StillRunning);
        var outcome = status switch
        {
            < 300 => Outcome.Ok,
            429 => Outcome.Failed,
            < 500 when !isAgain => Outcome.Failed,
            _ => Outcome.Unknown,
        };
        var id = outcome == Outcome.Ok && json is { } answer && Guid.TryParse(Text(answer, "id"), out var given) ? given : (Guid?)null;
        return new Received(outcome, IsFinal: outcome != Outcome.Unknown && !isAgain)
        {
            Status = status,
            Hash = Convert.ToHexStringLower(SHA256.HashData(body)),
            OrderId = request.Kind == OperationKind.Place ? id : null,
            CustomerId = request.Kind == OperationKind.SignUp ? id : null,
            Total = json is { } order && order.TryGetProperty("total", out var total) && total.TryGetDecimal(out var sum) ? sum : null,
        };
    }

    private static JsonElement? Json(byte[] body)
    {
        try
        {
            return body.Length > 0 && JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string property) =>
        json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Received(Outcome Outcome, bool IsFinal)
    {
        public int? Status { get; init; }

        public string? Hash { get; init; }

        public Guid? OrderId { get; init; }

        public Guid? CustomerId { get; init; }

        public decimal? Total { get; init; }
    }
}
