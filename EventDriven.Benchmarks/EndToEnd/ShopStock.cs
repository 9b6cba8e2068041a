using System.Net.Http.Json;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.EndToEnd;

/// <summary>The stock of what is ordered.</summary>
internal static class ShopStock
{
    private const int Plenty = 1_000_000;

    /// <summary>Fills it, so that no order is rejected.</summary>
    public static async Task FillAsync(RunningApplication application, CancellationToken cancellationToken)
    {
        using var http = application.NewClient();
        foreach (var sku in OrderBody.Skus)
        {
            using var answer = await http.PutAsJsonAsync(
                new Uri(application.Url("inventory"), $"/stock/{sku}"), new { available = Plenty }, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }
}
