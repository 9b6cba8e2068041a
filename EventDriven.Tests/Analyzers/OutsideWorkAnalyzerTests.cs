using EventDriven.Messaging.Analyzers.Handlers;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM004.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OutsideWorkAnalyzerTests
{
    [Theory]
    [InlineData("await [|http.GetAsync(\"https://shop.example\", cancellationToken)|];")]
    [InlineData("await [|http.SendAsync(new HttpRequestMessage(), cancellationToken)|];")]
    [InlineData("await [|System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, \"orders\", context.Data)|];")]
    [InlineData("await [|Task.Delay(TimeSpan.FromSeconds(1), cancellationToken)|];")]
    [InlineData("[|Thread.Sleep(100)|];")]
    [InlineData("[|mail.Send(new System.Net.Mail.MailMessage())|];")]
    [InlineData("await [|mailKit.ConnectAsync(\"localhost\", 25)|]; await [|mailKit.SendAsync(new MimeKit.MimeMessage())|];")]
    public Task A_call_or_a_wait_is_reported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("database.Orders.Add(new Order()); await database.SaveChangesAsync(cancellationToken);")]
    [InlineData("context.OnCommitted(() => _ = http.GetAsync(\"https://shop.example\"));")]
    [InlineData("http.CancelPendingRequests(); await Task.WhenAll(); await Task.Yield();")]
    public Task Work_in_the_database_or_after_the_commit_is_not_reported(string body) => VerifyAsync(body);

    [Fact]
    public Task A_sender_that_is_no_handler_may_call() => AnalyzerCheck<OutsideWorkAnalyzer>.VerifyAsync(
        """
        public sealed class Sender(HttpClient http)
        {
            public Task SendAsync() => http.GetAsync("https://shop.example");
        }
        """);

    private static Task VerifyAsync(string body) => AnalyzerCheck<OutsideWorkAnalyzer>.VerifyAsync(ShopCode.Handler(body));
}
