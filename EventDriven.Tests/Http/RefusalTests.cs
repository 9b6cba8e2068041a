using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Checkout.Host;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Http;

/// <summary>Whatever is refused is refused with a problem document, by every service and within the same limits.</summary>
public sealed class RefusalTests(Servers servers)
{
    private const string Reservation = """{"orderId":"0190a1b2-0000-7000-8000-0000000000aa","lines":[{"sku":"mug-blue","quantity":1}]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Services => [.. AllServices.Names];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task What_is_wrong_with_the_request_as_such_has_a_document_whatever_the_caller_accepts(string service)
    {
        await using var app = await AllServices.StartAsync(service, servers);
        app.Client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/xml"));

        using var nowhere = await app.Client.GetAsync("/nowhere", Token);
        await nowhere.ReadProblemOfCodeAsync(HttpStatusCode.NotFound, "unknown-route");

        using var method = await app.Client.DeleteAsync("/openapi/v1.json", Token);
        await method.ReadProblemOfCodeAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.NotEmpty(method.Content.Headers.Allow);

        using var longTarget = await app.Client.GetAsync($"/nowhere?q={new string('a', 9_000)}", Token);
        await longTarget.ReadProblemOfCodeAsync(HttpStatusCode.RequestUriTooLong, "target-too-long");

        using var largeHeader = await SendAsync(app.Client, request => request.Headers.Add("X-Large", new string('a', 20_000)));
        await largeHeader.ReadProblemOfCodeAsync(HttpStatusCode.RequestHeaderFieldsTooLarge, "headers-too-large");

        using var manyHeaders = await SendAsync(app.Client, request =>
        {
            for (var i = 0; i < 100; i++)
            {
                request.Headers.Add($"X-{i}", "1");
            }
        });
        await manyHeaders.ReadProblemOfCodeAsync(HttpStatusCode.RequestHeaderFieldsTooLarge, "headers-too-large");
    }

    [Theory]
    [InlineData("application/json; charset=foo")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=\"latin1\"")]
    [InlineData("text/plain")]
    [InlineData("application/xml; charset=utf-8")]
    public async Task A_body_that_is_not_JSON_in_UTF_8_is_415(string contentType)
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");

        using var answer = await ReserveAsync(app.Client, Reservation, contentType);

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type", "Content-Type");
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    [InlineData("application/problem+json")]
    public async Task Any_way_to_say_JSON_in_UTF_8_is_understood(string contentType)
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");

        using var answer = await ReserveAsync(app.Client, Reservation, contentType);

        await answer.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_description_that_is_not_there_is_a_problem_that_does_not_repeat_its_name()
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");

        using var other = await app.Client.GetAsync("/openapi/victim.json", Token);
        using var own = await app.Client.GetAsync("/openapi/v1.json", Token);

        var problem = await other.ReadProblemOfCodeAsync(HttpStatusCode.NotFound, "not-found", "documentName");
        Assert.DoesNotContain("victim", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task Inventory_reads_no_more_of_a_body_than_Checkout_does()
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");

        using var large = await ReserveAsync(app.Client, Reservation.PadRight((64 * 1024) + 1), "application/json");
        await large.ReadProblemOfCodeAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", "body");

        using var deep = await ReserveAsync(app.Client, $"{{\"x\":{new string('[', 100)}{new string(']', 100)}}}", "application/json");
        await deep.ReadProblemOfCodeAsync(HttpStatusCode.BadRequest, "invalid-json", "x");
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("mug\\u0000blue")]
    [InlineData("\\u001b[2J")]
    [InlineData("mug\\nblue")]
    public async Task A_SKU_with_control_characters_is_422(string sku)
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");

        using var answer = await ReserveAsync(
            app.Client, Reservation.Replace("mug-blue", sku, StringComparison.Ordinal), "application/json");

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.UnprocessableEntity, "invalid-values", "lines[0].sku");
    }

    [Fact]
    public async Task A_parameter_that_cant_be_read_is_named()
    {
        await using var app = await AllServices.StartAsync("notifications", servers);

        using var answer = await app.Client.GetAsync("/messages?orderId=victim@example.com", Token);

        var problem = await answer.ReadProblemOfCodeAsync(HttpStatusCode.BadRequest, "invalid-request", "orderId");
        Assert.DoesNotContain("victim", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_defect_is_500_without_details()
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");
        await app.QueryAsync(database => database.Database.ExecuteSqlAsync($"ALTER TABLE stock RENAME TO stock_of_before", Token));

        using var answer = await app.Client.GetAsync("/stock", Token);

        var problem = await answer.ReadProblemOfCodeAsync(HttpStatusCode.InternalServerError, "internal-error");
        Assert.DoesNotContain("stock", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /nowhere?q={40000} HTTP/1.1", 414)]
    [InlineData("GET /stock HTTP/1.1\r\nHost: a\r\nX-Large: {70000}", 431)]
    [InlineData("GET /stock HTTP/1.1\r\nHost: a\r\nno header", 400)]
    public async Task What_Kestrel_refuses_itself_is_answered_with_the_status_and_no_document(string head, int status)
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");
        var sent = string.Concat(head.Split('{', '}').Select((part, i) => i % 2 == 0 ? part : new string('a', int.Parse(part))));

        var answer = await ExchangeAsync(app.Client.BaseAddress!, $"{sent}\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 0", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_one_header_are_counted_one_by_one()
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");
        var lines = string.Concat(Enumerable.Repeat("X-Many: 1\r\n", 100));

        var answer = await ExchangeAsync(app.Client.BaseAddress!, $"GET /stock HTTP/1.1\r\nHost: a\r\n{lines}\r\n");

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        change(request);
        return await client.SendAsync(request, Token);
    }

    private static Task<HttpResponseMessage> ReserveAsync(HttpClient client, string body, string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) },
        };
        return client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/reservations") { Content = content }.AsService(), Token);
    }

    private static async Task<string> ExchangeAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        var buffer = new byte[4_096];
        var read = await stream.ReadAsync(buffer, Token);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
