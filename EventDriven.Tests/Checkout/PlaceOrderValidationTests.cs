using Checkout.Api.Orders.Placing;
using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http;

namespace EventDriven.Tests.Checkout;

[Trait(UnitTest.Trait, UnitTest.Value)]
public class PlaceOrderValidationTests
{
    private static readonly PlaceOrderRequest Good = new(
        "0190a1b2-0000-7000-8000-000000000001", "ada@example.org", "EUR", [new("tea-earl-grey", 2)], Reservation: null);

    [Fact]
    public void Prices_come_from_the_catalogue_in_the_currency_of_the_order()
    {
        var order = Validate(Good with { Currency = "GBP" }, out _);

        var line = Assert.Single(order!.Lines);
        Assert.Equal(("tea-earl-grey", 2, 5.90m), (line.Sku, line.Quantity, line.UnitPrice));
        Assert.False(order.IsImmediate);
    }

    [Fact]
    public void Every_wrong_field_is_named()
    {
        var request = new PlaceOrderRequest("me", "nobody", "EURO", [new("tea-earl-grey", 0), null, new("coffee", 1)], "tomorrow");

        var order = Validate(request, out var errors);

        Assert.Null(order);
        Assert.Equal(
            ["currency", "customerId", "email", "lines[0].quantity", "lines[1].quantity", "lines[1].sku", "lines[2].sku", "reservation"],
            errors.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1d, true)]
    [InlineData(10_000d, true)]
    [InlineData(0d, false)]
    [InlineData(-1d, false)]
    [InlineData(10_001d, false)]
    [InlineData(1.5, false)]
    [InlineData(1e300, false)]
    [InlineData(null, false)]
    public void Quantity_is_a_whole_number_from_1_to_10_000(double? quantity, bool good)
    {
        Validate(Good with { Lines = [new("mug-blue", 1), new("mug-blue", quantity)] }, out var errors);

        Assert.Equal(good ? [] : ["lines[1].quantity"], errors);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void An_order_has_1_to_100_lines(int count, bool good)
    {
        Validate(Good with { Lines = [.. Enumerable.Repeat(new PlaceOrderLine("mug-blue", 1), count)] }, out var errors);

        Assert.Equal(good ? [] : ["lines"], errors);
    }

    [Theory]
    [InlineData("XYZ")]
    [InlineData("eur")]
    [InlineData("JPY")]
    [InlineData("")]
    [InlineData(null)]
    public void Currency_is_one_that_prices_are_in(string? currency)
    {
        Validate(Good with { Currency = currency }, out var errors);

        Assert.Equal(["currency"], errors);
    }

    private static NewOrder? Validate(PlaceOrderRequest request, out string[] fields)
    {
        var errors = new FieldErrors();
        var order = PlaceOrderValidation.Validate(request, errors);
        var problem = Assert.IsType<HttpValidationProblemDetails>(errors.ToProblem().ProblemDetails);
        fields = [.. problem.Errors.Keys];
        Assert.Equal(order is null, fields.Length > 0);
        return order;
    }
}
