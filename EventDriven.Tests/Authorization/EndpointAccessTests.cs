using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EventDriven.Identity;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.ControlRoom;
using EventDriven.Tests.Http;

namespace EventDriven.Tests.Authorization;

/// <summary>Every endpoint of every service, called by everybody there is, against the table in docs/access.md.</summary>
public sealed class EndpointAccessTests(Servers servers)
{
    private const string Customer = "orders";
    private const string AnotherService = "services";
    private const string ControlRoom = "control-room";

    private static readonly string Somebody = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Services => [.. WithTable];

    private static IEnumerable<string> WithTable => [.. AllServices.Names, ControlRoom];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Each_endpoint_answers_whom_the_table_names_and_nobody_else(string service)
    {
        await using var app = await StartAsync(service);
        var order = service == "checkout" ? await app.Client.PlaceAsync() : Guid.Empty;
        app.Client.As(null);
        var table = AccessTable.Of(service);
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints(app))
        {
            if (!table.TryGetValue(endpoint, out var who))
            {
                wrong.Add($"{endpoint} is not in docs/access.md.");
                continue;
            }

            // At the same time, because one answer waits for Kafka, which is away.
            var answers = await Task.WhenAll(Callers(service).Select(
                async called => (called.Caller, Status: await CallAsync(app.Client, endpoint, order, called.Token, Content(service)))));
            wrong.AddRange(
                from answer in answers
                let expected = Expected(service, who, endpoint, answer.Caller)
                where !IsAsExpected(Seen(answer.Status), expected)
                select $"{endpoint} by {answer.Caller}: {(int)answer.Status}, expected {expected}.");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_table_names_no_endpoint_that_is_not_there()
    {
        var there = new HashSet<(string, string)>();
        foreach (var service in WithTable)
        {
            await using var app = await StartAsync(service, WithoutProvider);
            there.UnionWith(Endpoints(app).SelectMany(endpoint => new[] { (service, endpoint), ("all", endpoint) }));
        }

        Assert.Empty(AccessTable.Rows().Select(row => (row.Service, row.Endpoint)).Except(there));
    }

    private async Task<IServiceApp> StartAsync(string service, Dictionary<string, string>? settings = null) => service == ControlRoom
        ? new ControlRoomApp()
        : await AllServices.StartAsync(service, servers, settings: settings);

    private static Dictionary<string, string> WithoutProvider => new(StringComparer.Ordinal) { ["Payments:Provider"] = "" };

    private static IReadOnlyList<string> Endpoints(IServiceApp app) =>
    [
        .. ServiceEndpoints.Of(app).Select(found => ServiceEndpoints.NameOf(found.Method, found.Endpoint))
            .Distinct(StringComparer.Ordinal),
    ];

    private static bool IsCalled(string service) => service is Audiences.Checkout or Audiences.Inventory;

    private static IEnumerable<(string Caller, string? Token)> Callers(string service) =>
    [
        ("nobody", null),
        ("a forger", "eyJhbGciOiJub25lIn0.eyJzY29wZSI6Im9yZGVycyJ9."),
        ("no scope", TestTokens.Of()),
        (Customer, TestTokens.OfCustomer(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()))),
        .. Scopes.All.Where(scope => scope != Customer).Select(scope => (scope, (string?)TestTokens.Of(scope))),
        (AnotherService, TestTokens.OfService(IsCalled(service) ? service : Audiences.Inventory, Scopes.KeysRead)),
        .. IsCalled(service) ? [("two audiences", (string?)TestTokens.OfTwoAudiences(service))] : Array.Empty<(string, string?)>(),
    ];

    /// <summary>What the caller must be told.</summary>
    private static string Expected(string service, string who, string endpoint, string caller)
    {
        // Nobody else accepts tokens that are for one service alone.
        var isKnown = caller is not "nobody" and not "a forger" && (caller != AnotherService || IsCalled(service));
        return who switch
        {
            "provider" or "whoever has the link" => "unauthenticated",
            _ when who.StartsWith("everybody", StringComparison.Ordinal) => "answered",
            _ when !isKnown => "unauthenticated",
            "any token" => "answered",
            _ when who.StartsWith(AnotherService, StringComparison.Ordinal) => caller == AnotherService ? "answered" : "forbidden",
            _ when caller == Customer && endpoint.Contains("{id", StringComparison.Ordinal) && who.Contains("own", StringComparison.Ordinal)
                => "not found",
            _ => who.Contains($"`{caller}`", StringComparison.Ordinal) ? "answered" : "forbidden",
        };
    }

    // A made-up id isn't found.
    private static bool IsAsExpected(string seen, string expected) => seen == expected || (seen == "not found" && expected == "answered");

    // A caller who is let in may still be told that its request is wrong.
    private static string Seen(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => "unauthenticated",
        HttpStatusCode.Forbidden => "forbidden",
        HttpStatusCode.NotFound => "not found",
        _ => "answered",
    };

    // Pages have forms, and the services' endpoints JSON.
    private static HttpContent Content(string service) => service == ControlRoom
        ? new FormUrlEncodedContent([])
        : new StringContent("{}", Encoding.UTF8, "application/json");

    private static async Task<HttpStatusCode> CallAsync(
        HttpClient client, string endpoint, Guid order, string? token, HttpContent content)
    {
        var (method, route) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        var path = string.Join(
            '/', route.Split('/').Select(part => !part.Contains('{', StringComparison.Ordinal) ? part
                : part == "{id:guid}" ? $"{order}"
                : part.Contains(":guid", StringComparison.Ordinal) ? Somebody
                : part.Contains(":long", StringComparison.Ordinal) ? "1"
                : part.Contains("documentName", StringComparison.Ordinal) ? part.Replace("{documentName}", "v1", StringComparison.Ordinal)
                    .Replace("{documentName?}", "v1", StringComparison.Ordinal)
                : "mug-blue"));
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (method is "POST" or "PUT")
        {
            request.Content = content;
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return answer.StatusCode;
    }
}
