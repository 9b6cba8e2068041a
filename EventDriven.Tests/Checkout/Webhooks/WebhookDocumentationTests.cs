using EventDriven.Hosting.Data;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Packages;

namespace EventDriven.Tests.Checkout.Webhooks;

/// <summary>The commands in docs/http.md that sign a notice by hand, with the secret of a local run.</summary>
[Collection<CheckoutCollection>]
public sealed class WebhookDocumentationTests(CheckoutFixture checkout)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_commands_in_the_documentation_send_a_notice_that_is_accepted()
    {
        Assert.SkipUnless(IsThere("curl") && IsThere("openssl"), "It needs curl and openssl.");
        var folder = Directory.CreateTempSubdirectory("eventdriven-tests-");
        using (var data = DataDirectory.Open(Path.Combine(folder.FullName, ".local")))
        {
            data.Secret("payment-webhook", () => ProviderWebhook.Secret);
        }

        var order = await checkout.App.Client.PlaceAsync();
        var commands = (await CommandsAsync())
            .Replace("http://localhost:5101/", $"{checkout.App.Client.BaseAddress}", StringComparison.Ordinal)
            .Replace("0190a1b2-0000-7000-8000-0000000000aa", $"{order}", StringComparison.Ordinal)
            .Replace("pay_1", $"pay_{order}", StringComparison.Ordinal);

        var answer = await Command.RunAsync("sh", folder.FullName, ["-c", commands], Token);

        folder.Delete(recursive: true);
        Assert.Contains("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Equal(13.80m, (await checkout.App.Client.GetOrderAsync(order)).Payment().Paid);
    }

    private static async Task<string> CommandsAsync()
    {
        const string Fence = "```";
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "http.md"), Token);
        var section = document[document.IndexOf("## The webhook", StringComparison.Ordinal)..];
        return section.Split($"{Fence}sh\n")[1].Split(Fence)[0];
    }

    private static bool IsThere(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
