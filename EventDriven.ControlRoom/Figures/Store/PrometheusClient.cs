using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>Asks a metrics store by <c>GET /api/v1/query_range</c>. An answer has 4 MiB at most.</summary>
/// <param name="options">Where it is.</param>
/// <param name="timeout">How long an answer may take; 5 s unless told.</param>
internal sealed class PrometheusClient(IOptionsMonitor<PrometheusOptions> options, TimeSpan? timeout = null) : IDisposable
{
    private const int MostBytes = 4 * 1024 * 1024;
    private const int LongestReason = 200;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // A token is for the address that was configured.
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = timeout ?? DefaultTimeout,
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>The series of a query.</summary>
    /// <param name="query">In PromQL.</param>
    /// <param name="from">Time of the first value, UTC.</param>
    /// <param name="to">Time of the last.</param>
    /// <param name="step">Time between two.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreFailedException">There is no usable answer.</exception>
    public async Task<IReadOnlyList<StoredSeries>> QueryRangeAsync(
        string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken)
    {
        var (address, token) = (options.CurrentValue.Prometheus!, options.CurrentValue.PrometheusToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
            new Uri($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/"),
            $"api/v1/query_range?query={Uri.EscapeDataString(query)}&start={Seconds(from)}&end={Seconds(to)}"
            + $"&step={step.TotalSeconds.ToString(CultureInfo.InvariantCulture)}"));
        request.Headers.Authorization = string.IsNullOrEmpty(token) ? null : new AuthenticationHeaderValue("Bearer", token.Trim());
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? PrometheusAnswer.Series(body)
                : throw new StoreFailedException(Refusal(response.StatusCode, body));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new StoreFailedException(
                $"The metrics store answers with more than {MostBytes / 1024 / 1024} MiB: name this system's series in "
                + "ControlRoom:PrometheusMatchers.",
                exception);
        }
        catch (HttpRequestException exception)
        {
            throw new StoreFailedException($"The metrics store does not answer at {address.Authority}.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreFailedException(
                $"The metrics store does not answer at {address.Authority} within {_http.Timeout.TotalSeconds} s.", exception);
        }
        catch (JsonException exception)
        {
            throw new StoreFailedException(
                $"What answers at {address.Authority} is no metrics store with Prometheus's HTTP API: check ControlRoom:Prometheus.",
                exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Refusal(HttpStatusCode status, byte[] body) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            $"The metrics store answers {(int)status}: set ControlRoom:PrometheusToken to a token that may query it.",
        _ when PrometheusAnswer.Reason(body) is { Length: > 0 } reason =>
            $"The metrics store answers {(int)status}: {reason[..Math.Min(reason.Length, LongestReason)]}",
        _ => $"The metrics store answers {(int)status}: check ControlRoom:Prometheus.",
    };
}
