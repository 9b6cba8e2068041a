namespace EventDriven.Tests.Http;

/// <summary>What a browser may do with an answer is said by every service with every answer.</summary>
public sealed class SecurityHeaderTests(Servers servers)
{
    private static readonly string[] Paths = ["/alive", "/health", "/openapi/v1.json", "/nowhere", "/scalar/v1"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Services => [.. AllServices.Names];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_answer_lets_nothing_run_be_framed_or_guessed_and_names_no_software(string service)
    {
        await using var app = await AllServices.StartAsync(service, servers);
        foreach (var path in Paths)
        {
            using var answer = await app.Client.GetAsync(path, Token);

            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
            var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
            Assert.Equal(path.StartsWith("/scalar", StringComparison.Ordinal), isPage);
            var policy = Header(answer, "Content-Security-Policy");
            Assert.StartsWith($"default-src 'none'; {(isPage ? "script-src 'self'" : "frame-ancestors")}", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.True(answer.Headers.CacheControl?.NoStore == true || answer.Headers.ETag is not null, path);
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("X-Powered-By"));
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Another_sites_script_is_not_let_in(string service)
    {
        await using var app = await AllServices.StartAsync(service, servers);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/health");
        preflight.Headers.Add("Origin", "https://elsewhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");

        using var answer = await app.Client.SendAsync(preflight, Token);

        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
