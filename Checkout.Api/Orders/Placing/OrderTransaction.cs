using Checkout.Api.Database;
using Checkout.Api.Idempotency;
using EventDriven.Contracts.Orders;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Checkout.Api.Orders.Placing;

/// <summary>
/// Stores a new order with its events and the answer to its idempotency key, in one transaction and one round trip. It is written by hand
/// because every order comes through here, and EF Core took the larger part of the processor time (docs/performance.md).
/// </summary>
internal sealed class OrderTransaction(CheckoutDbContext database, OutboxCommands outbox)
{
    // Holds for what the key's insert was the first of: the rest of the batch runs and inserts nothing when the key was used before.
    private const string First = StoredAnswerInsert.Made + " = $1::text";
    private const string FirstOfKey = StoredAnswerInsert.Made + " = event.key";

    /// <summary>Commits; false when the idempotency key was used before, or is being used by a transaction that goes on for long, and nothing is stored.</summary>
    public async Task<bool> TryCommitAsync(
        Order order, StoredAnswer answer, OrderPlaced placed, OrderConfirmed? confirmed, CancellationToken cancellationToken)
    {
        // The context's own pool. Without an explicit transaction PostgreSQL runs a batch as one, begun and committed by the same message.
        await using var connection = new NpgsqlConnection(database.Database.GetConnectionString());
        await connection.OpenAsync(cancellationToken);

        // Before the rest, so that a second request with the key waits there for the first one's end. The timeout of that wait holds for the whole
        // transaction, whose only lock that others may hold is the one on the key's row.
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
            // Costs a round trip once a connection.
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
