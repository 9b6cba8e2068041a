using EventDriven.Chaos.Evidence.Tables;
using Npgsql;

namespace EventDriven.Chaos.Evidence.ReadModels;

/// <summary>Reads the read models, each from one snapshot.</summary>
internal static class ReadModelReader
{
    /// <exception cref="NpgsqlException">A database can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyList<ReadModelRow>> ReadAsync(
        NpgsqlConnection analytics, NpgsqlConnection recommendations, CancellationToken cancellationToken) =>
    [
        .. await analytics.ReadAsync(
            "SELECT order_id, state, placed_at, confirmed_at, currency, total FROM orders",
            row => ReadModelText.Order(
                row.GetGuid(0), row.GetInt32(1), row.ValueOrNull<DateTimeOffset>(2), row.ValueOrNull<DateTimeOffset>(3), row.TextOrNull(4),
                row.ValueOrNull<decimal>(5)),
            cancellationToken),
        .. await analytics.ReadAsync(
            "SELECT order_id, sku, quantity FROM ordered_items",
            row => ReadModelText.Item(row.GetGuid(0), row.GetString(1), row.GetInt32(2)),
            cancellationToken),
        .. await analytics.ReadAsync(
            "SELECT order_id, provider_reference, amount, currency, captured_at FROM payments",
            row => ReadModelText.Payment(
                row.GetGuid(0), row.GetString(1), row.GetDecimal(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken),
        .. await analytics.ReadAsync(
            "SELECT order_id, provider_reference, amount, currency, refunded_at FROM refunds",
            row => ReadModelText.Refund(
                row.GetGuid(0), row.GetString(1), row.GetDecimal(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken),
        .. await analytics.ReadAsync(
            "SELECT order_id, reserved_at FROM reservations",
            row => ReadModelText.Reservation(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1)),
            cancellationToken),
        .. await analytics.ReadAsync(
            "SELECT customer_id, signed_up_at FROM sign_ups",
            row => ReadModelText.SignUp(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1)),
            cancellationToken),
        .. await recommendations.ReadAsync(
            "SELECT order_id, sku FROM basket_items", row => ReadModelText.Basket(row.GetGuid(0), row.GetString(1)), cancellationToken),
    ];
}
