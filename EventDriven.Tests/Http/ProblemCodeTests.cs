using System.Reflection;
using System.Text.RegularExpressions;
using Checkout.Api;
using EventDriven.ServiceDefaults.Http;
using Inventory.Worker;

namespace EventDriven.Tests.Http;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed partial class ProblemCodeTests
{
    [Fact]
    public async Task Every_code_is_in_the_list_and_means_one_thing()
    {
        var codes = new[] { typeof(ProblemCodes), typeof(CheckoutProblemCodes), typeof(InventoryProblemCodes) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();

        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "http.md"), TestContext.Current.CancellationToken);
        var listed = Row().Matches(document).Select(row => row.Groups["code"].Value);

        Assert.Equal(codes.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    // | `code` | 422 | …
    [GeneratedRegex(@"^\| `(?<code>[a-z-]+)` \| (\d{3}|any) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();
}
