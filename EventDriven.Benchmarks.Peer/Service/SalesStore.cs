using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Benchmarks.Peer.Service;

/// <summary>
/// The effect: one row a sale. It tolerates a message that comes again, as the peer's documentation asks of every handler.
/// </summary>
public sealed class SalesStore : IAsyncDisposable
{
    private const string Insert =
        "INSERT INTO sales (id, customer_id, total, recorded_at) SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private readonly NpgsqlDataSource _source;

    private readonly Action<IReadOnlyList<PeerSale>> _inserted;

    private SalesStore(NpgsqlDataSource source, Action<IReadOnlyList<PeerSale>> inserted)
    {
        _source = source;
        _inserted = inserted;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Creates the table.</summary>
    /// <param name="database">Connection string.</param>
    /// <param name="inserted">Hears what a statement has committed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static async Task<SalesStore> CreateAsync(
        string database, Action<IReadOnlyList<PeerSale>> inserted, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(database);
        await using var create = source.CreateCommand(
            """
            CREATE TABLE sales (id uuid CONSTRAINT pk_sales PRIMARY KEY, customer_id uuid NOT NULL, total numeric NOT NULL,
                recorded_at timestamp with time zone NOT NULL)
            """);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new SalesStore(source, inserted);
    }

    /// <summary>Inserts on a connection of the caller's, in its transaction.</summary>
    internal static async Task InsertAsync(IReadOnlyList<PeerSale> sales, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand(Insert, connection);
        insert.Parameters.Add(new() { Value = sales.Select(sale => sale.SaleId).ToArray() });
        insert.Parameters.Add(new() { Value = sales.Select(sale => sale.CustomerId).ToArray() });
        insert.Parameters.Add(new() { Value = sales.Select(sale => sale.Total).ToArray() });
        insert.Parameters.Add(
            new()
            {
                Value = sales.Select(sale => sale.RecordedAt).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            });
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Inserts; the statement is its own transaction.</summary>
    internal async Task InsertAsync(IReadOnlyList<PeerSale> sales, CancellationToken cancellationToken)
    {
        if (sales.Count == 0)
        {
            return;
        }

        await using var connection = await OpenConnectionAsync(cancellationToken);
        await InsertAsync(sales, connection, cancellationToken);
        Committed(sales);
    }

    internal void Committed(IReadOnlyList<PeerSale> sales) => _inserted(sales);

    internal ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken) =>
        _source.OpenConnectionAsync(cancellationToken);

    /// <summary>A run that lost or doubled something is no measurement.</summary>
    internal async Task VerifyAsync(int events, CancellationToken cancellationToken)
    {
        await using var count = _source.CreateCommand(
            "SELECT (SELECT count(*) FROM sales), (SELECT count(*) FROM wolverine.wolverine_incoming_envelopes)");
        await using var reader = await count.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetInt64(0) != events || reader.GetInt64(1) != events)
        {
            throw new InvalidOperationException($"{reader.GetInt64(0)} sales and {reader.GetInt64(1)} inbox rows instead of {events}.");
        }
    }
}
