using System.Globalization;

namespace EventDriven.Chaos.Evidence.ReadModels;

/// <summary>The rows of the read models as text.</summary>
internal static class ReadModelText
{
    private const string Analytics = "analytics";
    private static readonly string[] States = ["?", "Placed", "Confirmed", "Rejected", "Cancelled"];

    /// <summary>An order. Of two states the later one of Placed, Confirmed, Rejected, Cancelled counts, numbered from 1.</summary>
    public static ReadModelRow Order(
        Guid id, int state, DateTimeOffset? placedAt, DateTimeOffset? confirmedAt, string? currency, decimal? total) => new(
            Analytics, "orders", id.ToString(),
            $"{States[state]}, placed {Time(placedAt)}, confirmed {Time(confirmedAt)}, {Money(total, currency)}");

    /// <summary>The quantity of a SKU in an order.</summary>
    public static ReadModelRow Item(Guid order, string sku, int quantity) =>
        new(Analytics, "ordered_items", $"{order} {sku}", quantity.ToString(CultureInfo.InvariantCulture));

    /// <summary>A captured payment.</summary>
    public static ReadModelRow Payment(Guid order, string reference, decimal amount, string currency, DateTimeOffset at) =>
        new(Analytics, "payments", $"{order} {reference}", $"{Money(amount, currency)}, {Time(at)}");

    /// <summary>A refunded payment.</summary>
    public static ReadModelRow Refund(Guid order, string reference, decimal amount, string currency, DateTimeOffset at) =>
        new(Analytics, "refunds", $"{order} {reference}", $"{Money(amount, currency)}, {Time(at)}");

    /// <summary>When an order's stock was reserved.</summary>
    public static ReadModelRow Reservation(Guid order, DateTimeOffset at) => new(Analytics, "reservations", order.ToString(), Time(at));

    /// <summary>When a customer signed up.</summary>
    public static ReadModelRow SignUp(Guid customer, DateTimeOffset at) => new(Analytics, "sign_ups", customer.ToString(), Time(at));

    /// <summary>A SKU in an order, as Recommendations has it.</summary>
    public static ReadModelRow Basket(Guid order, string sku) => new("recommendations", "basket_items", $"{order} {sku}", "");

    private static string Money(decimal? amount, string? currency) =>
        amount is { } known ? $"{known.ToString("0.00", CultureInfo.InvariantCulture)} {currency}" : "-";

    // Whole microseconds, as PostgreSQL stores them.
    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) ?? "-";
}
