using System.Text;
using Checkout.Api.Payments.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Checkout.Webhooks;

/// <summary>
/// A message to the webhook; a test changes what it is about. As it is, it is the example of the Standard Webhooks libraries.
/// </summary>
internal sealed record SignedMessage
{
    public const string LibrariesSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public string Id { get; init; } = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    public string Timestamp { get; init; } = "1614265330";

    public string Signature { get; init; } = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    public byte[] Body { get; init; } = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    /// <summary>The header that is there twice.</summary>
    public string? Twice { get; init; }

    /// <summary>Seconds from the timestamp of the libraries' example until it is checked.</summary>
    public int SecondsLater { get; init; }

    /// <summary>The headers for which it is refused; none when it is accepted.</summary>
    public async Task<IReadOnlyDictionary<string, string[]>> RefusalAsync(params string[] secrets)
    {
        await using var app = WebhookHost.With(secrets.Length == 0 ? [LibrariesSecret] : secrets).Build();
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_614_265_330 + SecondsLater));
        var verifier = new WebhookVerifier(app.Services.GetRequiredService<WebhookKeys>(), time);
        var request = new DefaultHttpContext().Request;
        request.Headers["webhook-id"] = Id;
        request.Headers["webhook-timestamp"] = Timestamp;
        request.Headers["webhook-signature"] = Signature;
        if (Twice is not null)
        {
            request.Headers.Append(Twice, request.Headers[Twice].ToString());
        }

        request.Body = new MemoryStream(Body);
        var refusal = await verifier.RefusalAsync(request, TestContext.Current.CancellationToken);
        if (refusal is null)
        {
            Assert.Equal(Body, await ReadAsync(request));
            return new Dictionary<string, string[]>(StringComparer.Ordinal);
        }

        Assert.Equal(StatusCodes.Status401Unauthorized, refusal.StatusCode);
        return new Dictionary<string, string[]>(
            Assert.IsType<HttpValidationProblemDetails>(refusal.ProblemDetails).Errors, StringComparer.Ordinal);
    }

    // Whoever comes next reads the body as it came.
    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, TestContext.Current.CancellationToken);
        return body.ToArray();
    }
}
