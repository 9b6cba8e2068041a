using Checkout.Api.Database;
using Checkout.Api.Idempotency;
using EventDriven.Contracts.Orders;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Checkout.Api.Orders.Placing;

/// <summary>
/// Stores a new order with its events and the answer to its idempotency key, in one transaction and one round trip. It uses SQL instead of
/// EF Core, which took the larger part of the processor time of placing an order (docs/performance.md).
/// </summary>
internal sealed class OrderTransaction(CheckoutDbContext database, OutboxCommands outbox)
{
    // True only if the key's insert succeeded. If the key was used before, the rest of the batch inserts nothing.
    private const string First = StoredAnswerInsert.Made + " = $1::text";
    private const string FirstOfKey = StoredAnswerInsert.Made + " = event.key";

    /// <summary>
    /// Commits. Returns false and stores nothing if the idempotency key was used before, or a long transaction is using it.
    /// </summary>
    public async Task<bool> TryCommitAsync(
        Order order, StoredAnswer answer, OrderPlaced placed, OrderConfirmed? confirmed, CancellationToken cancellationToken)
    {
        // Uses the context's pool. Without an explicit transaction, PostgreSQL runs the batch as one transaction, without messages to begin
        // and commit it.
        await using var connection = new NpgsqlConnection(database.Database.GetConnectionString());
        await connection.OpenAsync(cancellationToken);

        // The key comes first, so that a second request with the key waits here for the first one to end. The timeout applies to the whole
        // transaction, but the key's row is the only lock that another transaction may hold.
        var key = StoredAnswerInsert.Of(answer);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { key, Insert(order), InsertHistory(order), outbox.Insert(placed, placed.PlacedAt, FirstOfKey) },
        };
        if (confirmed is not null)
        {
            batch.BatchCommands.Add(outbox.Insert(confirmed, confirmed.ConfirmedAt, FirstOfKey));
        }

        try
        {
            // Costs one round trip for each new connection.
            await batch.PrepareAsync(cancellationToken);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }

        if (key.RecordsAffected == 0)
        {
            return false;
        }

        outbox.Committed();
        return true;
    }

    private static NpgsqlBatchCommand Insert(Order order) => new(
        $"INSERT INTO orders (id, customer_id, email, currency, total, state, lines) SELECT $1, $2, $3, $4, $5, $6, $7 WHERE {First}")
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = order.Id },
            new NpgsqlParameter<Guid> { TypedValue = order.CustomerId },
            new NpgsqlParameter<string> { TypedValue = order.Email },
            new NpgsqlParameter<string> { TypedValue = order.Currency },
            new NpgsqlParameter<decimal> { TypedValue = order.Total },
            new NpgsqlParameter<string> { TypedValue = order.State.ToString() },
            new NpgsqlParameter<byte[]> { TypedValue = OrderLines.ToJson(order.Lines), NpgsqlDbType = NpgsqlDbType.Jsonb },
        },
    };

    private static NpgsqlBatchCommand InsertHistory(Order order) => new(
        $"INSERT INTO order_history (order_id, number, state, at, reason) SELECT $1, * FROM unnest($2, $3, $4, $5) WHERE {First}")
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = order.Id },
            new NpgsqlParameter<int[]> { TypedValue = [.. order.History.Select(s => s.Number)] },
            new NpgsqlParameter<string[]> { TypedValue = [.. order.History.Select(s => s.State.ToString())] },
            new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. order.History.Select(s => s.At)] },
            new NpgsqlParameter<string?[]> { TypedValue = [.. order.History.Select(s => s.Reason)] },
        },
    };
}
