using Microsoft.Net.Http.Headers;

namespace EventDriven.Tests.ControlRoom.SignIn.Provider;

/// <summary>
/// Keeps cookies and follows redirects from host to host as browsers do, which take loopback for trustworthy: cookies for https alone are
/// sent there, too (W3C Secure Contexts).
/// </summary>
internal sealed class LoopbackBrowser() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private const int MostRedirects = 10;

    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>The addresses that were asked for, in order.</summary>
    public List<Uri> Visited { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await VisitAsync(request, cancellationToken);
        for (var redirects = 0; answer.Headers.Location is { } location; redirects++)
        {
            Assert.InRange(redirects, 0, MostRedirects);
            var next = new HttpRequestMessage(HttpMethod.Get, new Uri(answer.RequestMessage!.RequestUri!, location));
            next.Headers.Accept.ParseAdd("text/html");
            answer.Dispose();
            answer = await VisitAsync(next, cancellationToken);
        }

        return answer;
    }

    private async Task<HttpResponseMessage> VisitAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Visited.Add(request.RequestUri!);
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in SetCookieHeaderValue.ParseList([.. set]))
            {
                if (cookie.Expires < TimeProvider.System.GetUtcNow() || cookie.MaxAge <= TimeSpan.Zero)
                {
                    _cookies.Remove(cookie.Name.ToString());
                }
                else
                {
                    _cookies[cookie.Name.ToString()] = cookie.Value.ToString();
                }
            }
        }

        return answer;
    }
}
