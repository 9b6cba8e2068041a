using Checkout.Api.Catalogue;
using Checkout.Api.Customers;
using EventDriven.ServiceDefaults.Http;

namespace Checkout.Api.Orders.Placing;

/// <summary>Validates and prices an order.</summary>
internal static class PlaceOrderValidation
{
    /// <summary>Maximum number of lines.</summary>
    public const int MaxLines = 100;

    /// <summary>Largest quantity of a line.</summary>
    public const int MaxQuantity = 10_000;

    /// <summary>The order with prices; null if there are <paramref name="errors"/>.</summary>
    public static NewOrder? Validate(PlaceOrderRequest request, FieldErrors errors)
    {
        errors.Require(Guid.TryParse(request.CustomerId, out var customerId) && customerId != Guid.Empty, "customerId", "Must be a UUID.");
        errors.Require(EmailAddress.IsValid(request.Email), "email", "Must be an e-mail address.");
        errors.Require(
            request.Currency is not null && PriceList.Currencies.Contains(request.Currency),
            "currency",
            $"Must be the ISO 4217 code of a currency that prices are in: {string.Join(", ", PriceList.Currencies)}.");
        errors.Require(
            request.Reservation is null or PlaceOrderRequest.Eventual or PlaceOrderRequest.Immediate,
            "reservation",
            $"Must be \"{PlaceOrderRequest.Eventual}\" or \"{PlaceOrderRequest.Immediate}\".");

        // Without a currency there are no prices, but errors in the lines are reported all the same.
        var lines = Lines(request.Lines, errors.IsGood("currency") ? request.Currency! : PriceList.Currencies[0], errors);
        return errors.Any ? null
            : new NewOrder(customerId, request.Email!, request.Currency!, lines, request.Reservation == PlaceOrderRequest.Immediate);
    }

    private static List<OrderLine> Lines(IReadOnlyList<PlaceOrderLine?>? lines, string currency, FieldErrors errors)
    {
        if (lines is null or { Count: 0 or > MaxLines })
        {
            errors.Add("lines", $"Must have 1 to {MaxLines} lines.");
            return [];
        }

        var priced = new List<OrderLine>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var quantity = lines[i]?.Quantity;
            var good = quantity is >= 1 and <= MaxQuantity && double.IsInteger(quantity.Value);
            errors.Require(good, $"lines[{i}].quantity", $"Must be a whole number from 1 to {MaxQuantity}.");

            var sku = lines[i]?.Sku ?? "";
            var price = PriceList.Find(sku, currency);
            errors.Require(price is not null, $"lines[{i}].sku", "Is not sold here.");

            if (good && price is not null)
            {
                priced.Add(new OrderLine { Number = i + 1, Sku = sku, Quantity = (int)quantity!.Value, UnitPrice = price.Value });
            }
        }

        return priced;
    }
}
