using System.Text.Json;
using EventDriven.Chaos.Evidence.Tables;
using EventDriven.Chaos.Histories;
using Npgsql;

namespace EventDriven.Chaos.Evidence.Checkout;

/// <summary>Reads Checkout's database.</summary>
internal static class CheckoutReader
{
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public static async Task<CheckoutEvidence> ReadAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        var steps = (await database.ReadAsync(
            "SELECT order_id, number, state, at FROM order_history ORDER BY order_id, number",
            row => (Order: row.GetGuid(0), Step: new StoredStep(row.GetInt32(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3))),
            cancellationToken)).ToLookup(step => step.Order, step => step.Step);
        var orders = await database.ReadAsync(
            "SELECT id, customer_id, state, total, paid, lines::text FROM orders ORDER BY id",
            row => new StoredOrder(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetDecimal(3), row.GetDecimal(4), Lines(row.GetString(5)),
                [.. steps[row.GetGuid(0)]]),
            cancellationToken);
        var answers = await database.ReadAsync(
            "SELECT key, order_id, status FROM idempotency_keys ORDER BY key",
            row => new StoredAnswer(row.GetString(0), row.GetGuid(1), row.GetInt32(2)),
            cancellationToken);
        var payments = await database.ReadAsync(
            """
            SELECT p.provider_reference, p.order_id, p.amount, p.refusal, r.state
            FROM payments p LEFT JOIN refunds r USING (provider_reference) ORDER BY p.order_id, p.provider_reference
            """,
            row => new StoredPayment(row.GetString(0), row.GetGuid(1), row.GetDecimal(2), row.TextOrNull(3), row.TextOrNull(4)),
            cancellationToken);
        var customers = await database.ReadAsync("SELECT id FROM customers", row => row.GetGuid(0), cancellationToken);
        var keys = await database.ReadAsync(
            "SELECT customer_id, wrapped IS NULL FROM customer_keys", row => (row.GetGuid(0), row.GetBoolean(1)), cancellationToken);
        return new CheckoutEvidence(
            orders, answers, payments, customers.ToHashSet(), keys.ToDictionary(key => key.Item1, key => key.Item2));
    }

    private static IReadOnlyList<OperationLine> Lines(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [
            .. document.RootElement.EnumerateArray()
                .Select(line => new OperationLine(line.GetProperty("sku").GetString()!, line.GetProperty("quantity").GetInt32()))];
    }
}
