using Checkout.Api.Database;
using Checkout.Api.Idempotency;
using Checkout.Api.Privacy;
using EventDriven.Contracts.Orders;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Checkout.Api.Orders.Placing;

/// <summary>
/// Stores a new order with its events, its customer's key and the answer to its idempotency key, in one transaction and one round trip. It
/// uses SQL instead of EF Core, which took the larger part of the processor time of placing an order (docs/performance.md).
/// </summary>
internal sealed class OrderTransaction(CheckoutDbContext database, CustomerKeys keys, OutboxCommands outbox)
{
    // A customer's key changes at most once, from the one that was chosen to the one that another request has stored.
    private const int Attempts = 3;

    // True only if the key's insert succeeded. If the key was used before, the rest of the batch inserts nothing.
    private const string First = StoredAnswerInsert.Made + " = $1::text";
    private const string FirstOfKey = StoredAnswerInsert.Made + " = event.key";

    /// <summary>Commits, or stores nothing and says why.</summary>
    public async Task<PlacingOutcome> CommitAsync(
        Order order, StoredAnswer answer, OrderPlaced placed, OrderConfirmed? confirmed, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var chosen = keys.Choose(order.CustomerId);
            if (await TryCommitAsync(order, chosen, answer, placed, confirmed, cancellationToken) is { } outcome)
            {
                return outcome;
            }

            // The customer has another key, which this instance didn't know; or none any more.
            if (!await keys.RefreshAsync(chosen, cancellationToken))
            {
                return PlacingOutcome.CustomerForgotten;
            }

            if (attempt == Attempts)
            {
                return PlacingOutcome.KeyUsed;
            }
        }
    }

    /// <summary>Null, and nothing is stored, if the customer's key is not the chosen one.</summary>
    private async Task<PlacingOutcome?> TryCommitAsync(
        Order order,
        OpenKey chosen,
        StoredAnswer answer,
        OrderPlaced placed,
        OrderConfirmed? confirmed,
        CancellationToken cancellationToken)
    {
        // Uses the context's pool. Without an explicit transaction, PostgreSQL runs the batch as one transaction, without messages to begin
        // and commit it.
        await using var connection = new NpgsqlConnection(database.Database.GetConnectionString());
        await connection.OpenAsync(cancellationToken);

        // A second request with the idempotency key waits at its row for the first one to end, and a second one of a new customer at the
        // customer's. No other row is locked that another transaction may hold.
        var customer = CustomerKeys.Use(chosen);
        var key = StoredAnswerInsert.If(CustomerKeys.IsCurrent, answer);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                InsertSettings.Command(), customer, key, Insert(order), InsertHistory(order),
                outbox.Insert(placed, placed.PlacedAt, FirstOfKey),
            },
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
            return PlacingOutcome.KeyUsed;
        }

        if (customer.Rows == 0)
        {
            return null;
        }

        if (key.RecordsAffected == 0)
        {
            return PlacingOutcome.KeyUsed;
        }

        keys.Committed(chosen);
        outbox.Committed();
        return PlacingOutcome.Placed;
    }

    private static NpgsqlBatchCommand Insert(Order order) => new(
        $"INSERT INTO orders (id, customer_id, currency, total, state, lines) SELECT $1, $2, $3, $4, $5, $6 WHERE {First}")
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = order.Id },
            new NpgsqlParameter<Guid> { TypedValue = order.CustomerId },
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
