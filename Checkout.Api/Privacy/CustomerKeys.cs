using Checkout.Api.Database;
using Checkout.Api.Orders;
using EventDriven.Messaging.Privacy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Checkout.Api.Privacy;

/// <summary>
/// The keys that one request seals with. A key is chosen without asking the database: the cached one, or a new one. The transaction then
/// finds out whether it is the customer's, or stores it if the customer has none (<see cref="Use"/>); if not, the request learns the right
/// one (<see cref="RefreshAsync"/>) and seals again.
/// </summary>
internal sealed class CustomerKeys(CheckoutDbContext database, MasterKeys masters, CustomerKeyCache cache, TimeProvider time) : ISubjectKeys
{
    /// <summary>True in a transaction after <see cref="Use"/>, if the chosen key is the customer's and not destroyed.</summary>
    public const string IsCurrent = "current_setting('checkout.customer_key', true) = 'current'";

    // The statements that follow insert nothing without the setting; it ends with the transaction. Requests of one customer may each make a
    // first key: the second one waits here for the first one's end, and inserts none.
    private const string InsertSql =
        """
        INSERT INTO customer_keys (customer_id, key_id, master_key, wrapped, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (customer_id) DO NOTHING
        RETURNING set_config('checkout.customer_key', 'current', true)
        """;

    private const string CheckSql =
        """
        SELECT set_config('checkout.customer_key', 'current', true) FROM customer_keys
        WHERE customer_id = $1 AND key_id = $2 AND wrapped IS NOT NULL
        """;

    // The cache may have no room for it.
    private readonly Dictionary<Guid, OpenKey> _learned = [];
    private readonly Dictionary<string, OpenKey> _chosen = new(StringComparer.Ordinal);

    /// <summary>Chooses the key that a customer's data is sealed with from here on.</summary>
    public OpenKey Choose(Guid customerId)
    {
        if ((_learned.GetValueOrDefault(customerId) ?? cache.Find(customerId)) is not { } key)
        {
            key = masters.Create(customerId, time.GetUtcTimestamp());
        }

        return _chosen[customerId.ToString()] = key;
    }

    /// <inheritdoc/>
    public SubjectKey Of(string subject) => _chosen.GetValueOrDefault(subject)?.Key
        ?? throw new InvalidOperationException($"No key is chosen for the customer: call {nameof(CustomerKeys)}.{nameof(Choose)} before.");

    /// <summary>
    /// Stores a chosen key if it is new, unless the customer has one, and sets <see cref="IsCurrent"/>. It returns one row then, else none.
    /// </summary>
    public static NpgsqlBatchCommand Use(OpenKey chosen)
    {
        var key = chosen.Stored;
        var command = new NpgsqlBatchCommand(chosen.IsNew ? InsertSql : CheckSql)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = key.CustomerId },
                new NpgsqlParameter<Guid> { TypedValue = key.KeyId },
            },
        };
        if (chosen.IsNew)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.MasterKey! });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key.Wrapped! });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = key.CreatedAt });
        }

        return command;
    }

    /// <summary>Keeps the key after the commit, for the customer's next order.</summary>
    public void Committed(OpenKey used)
    {
        if (used.IsNew)
        {
            cache.Set(used with { IsNew = false });
        }
    }

    /// <summary>
    /// Stores a chosen key in the context's transaction, unless the customer has one. False if the key is not the customer's, or is
    /// destroyed: then roll back and learn which one is (<see cref="RefreshAsync"/>).
    /// </summary>
    public async Task<bool> TryStoreAsync(OpenKey chosen, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(
            InsertSettings.Command(),
            Use(chosen),

            // Until the transaction ends, nobody destroys it.
            new NpgsqlBatchCommand("SELECT 1 FROM customer_keys WHERE key_id = $1 AND wrapped IS NOT NULL FOR SHARE")
            {
                Parameters = { new NpgsqlParameter<Guid> { TypedValue = chosen.Stored.KeyId } },
            });
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return batch.BatchCommands is [_, { Rows: 1 }, { Rows: 1 }];
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    /// <summary>
    /// Learns which key a customer has, after a transaction that stored nothing, and chooses it from then on. False if the customer was
    /// forgotten.
    /// </summary>
    public async Task<bool> RefreshAsync(OpenKey used, CancellationToken cancellationToken)
    {
        var id = used.Stored.CustomerId;
        var stored = await database.CustomerKeys.AsNoTracking().SingleOrDefaultAsync(k => k.CustomerId == id, cancellationToken);
        if (stored is null || (stored.KeyId == used.Stored.KeyId && stored.Wrapped is not null))
        {
            return true;
        }

        if (stored.Wrapped is null)
        {
            cache.Remove(id);
            return false;
        }

        cache.Set(_learned[id] = masters.Open(stored));
        return true;
    }
}
