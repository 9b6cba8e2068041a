using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Analytics.Worker.Database;
using Checkout.Api.Database;
using EventDriven.Tests.Checkout.Host;
using Inventory.Worker.Database;
using Notifications.Worker.Database;
using Notifications.Worker.Messages;
using AnalyticsOrder = Analytics.Worker.Orders.Order;
using AnalyticsOrderState = Analytics.Worker.Orders.OrderState;

namespace EventDriven.Tests.Http;

/// <summary>
/// Every operation has an example, and it works when it is pasted. The webhook's has no signature, because a document that signed would
/// make everybody the payment provider; the test signs it, and without that it is refused.
/// </summary>
public sealed partial class ApiExampleTests(Servers servers)
{
    private const string Webhook = $"POST {ProviderWebhook.Path}";

    // What is about somebody who must be there first, and what changes an order, comes last, and what cancels it at the very end.
    private static readonly string[] Last = ["GET /keys/{id}", "DELETE /customers/{id}", Webhook, "POST /orders/{id}/cancel"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Services => [.. AllServices.Names];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_example_of_the_document_is_answered_with_success_also_when_it_is_sent_again(string service)
    {
        await using var app = await AllServices.StartAsync(service, servers);
        await FillAsync(app);
        var calls = (await app.Client.ReadOperationsAsync()).Keys.OrderBy(call => Array.IndexOf(Last, call)).ToList();

        foreach (var call in calls)
        {
            for (var time = 0; time < 2; time++)
            {
                // Read anew each time: examples are about what is there.
                var operation = (await app.Client.ReadOperationsAsync())[call];
                if (time > 0 && Last.Contains(call))
                {
                    // There is no second customer to forget, and no second order to pay or to cancel.
                    continue;
                }

                using var request = operation.ToExample(call);
                if (call == Webhook)
                {
                    using var unsigned = operation.ToExample(call);
                    using var refused = await app.Client.SendAsync(unsigned, Token);
                    Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
                    await ProviderWebhook.Signer.SignAsync(request, ProviderWebhook.NewId(), Token);
                }

                using var answer = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
                var body = answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(Token);
                Assert.True(answer.IsSuccessStatusCode, $"{call} → {request.RequestUri}: {(int)answer.StatusCode} {body}");
            }
        }
    }

    [Fact]
    public async Task The_file_of_requests_has_one_for_each_operation_and_none_of_another()
    {
        var operations = new List<string>();
        foreach (var service in AllServices.Names)
        {
            await using var app = await AllServices.StartAsync(service, servers);
            operations.AddRange((await app.Client.ReadOperationsAsync()).Keys.Select(call => $"{service} {call}"));
        }

        var file = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.http"), Token);
        var requests = Request().Matches(file)
            .Select(match => (match.Groups["service"].Value, match.Groups["method"].Value, match.Groups["path"].Value)).ToList();

        Assert.All(operations, operation => Assert.Contains(requests, request => Is(operation, request)));
        Assert.All(requests, request => Assert.Contains(operations, operation => Is(operation, request)));
    }

    private static bool Is(string operation, (string Service, string Method, string Path) request)
    {
        var parts = operation.Split(' ');
        var pattern = $"^{Parameter().Replace(parts[2].TrimEnd('/'), "[^/]+")}/?$";
        return parts[0] == request.Service && parts[1] == request.Method
            && Regex.IsMatch(request.Path, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static async Task FillAsync(IServiceApp app)
    {
        var now = TimeProvider.System.GetUtcNow();
        switch (app)
        {
            case ServiceApp<NotificationsDbContext> notifications:
                await notifications.QueryAsync(database =>
                {
                    database.Add(new Message
                    {
                        Identity = Guid.CreateVersion7(now),
                        EventId = "1",
                        Kind = MessageKind.OrderReceived,
                        About = Guid.CreateVersion7(now),
                        Subject = "",
                        Body = "",
                        State = MessageState.Sent,
                        HappenedAt = now,
                        DueAt = now,
                        CorrelationId = "test",
                    });
                    return database.SaveChangesAsync(Token);
                });
                break;

            case ServiceApp<AnalyticsDbContext> analytics:
                await analytics.QueryAsync(database =>
                {
                    database.Add(new AnalyticsOrder { OrderId = Guid.CreateVersion7(now), State = AnalyticsOrderState.Placed });
                    return database.SaveChangesAsync(Token);
                });
                break;

            case ServiceApp<InventoryDbContext>:
                using (var content = new StringContent(
                    """{"orderId":"0190a1b2-0000-7000-8000-0000000000ab","lines":[{"sku":"mug-blue","quantity":1}]}"""))
                {
                    content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    (await app.Client.PostAsync("/reservations", content, Token)).Dispose();
                }

                break;

            case ServiceApp<CheckoutDbContext>:
                await app.Client.PlaceAsync();
                break;
        }
    }

    // GET {{checkout}}/orders/{{order}}?limit=5
    [GeneratedRegex(
        @"^(?<method>GET|PUT|POST|DELETE|PATCH) \{\{(?<service>[a-z]+)\}\}(?<path>[^\s?]+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Request();

    [GeneratedRegex(@"\{[a-zA-Z]+\}", RegexOptions.None, 1_000)]
    private static partial Regex Parameter();
}
