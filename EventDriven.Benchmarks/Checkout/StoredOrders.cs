using Npgsql;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>What a contestant has stored: a run that lost an order is no measurement.</summary>
/// <param name="database">Connection string.</param>
/// <param name="linesOf">Where its lines are: a table, or anything else with a row a line.</param>
internal sealed class StoredOrders(string database, string linesOf)
{
    private const int LinesAnOrder = 3;

    private int _expected;

    /// <summary>Checks that so many orders more are stored, with their lines.</summary>
    public async Task VerifyAsync(int more, CancellationToken cancellationToken)
    {
        _expected += more;
        var orders = await CountAsync("orders", cancellationToken);
        var lines = await CountAsync(linesOf, cancellationToken);
        if (orders != _expected || lines != _expected * LinesAnOrder)
        {
            throw new InvalidOperationException($"{orders} orders and {lines} lines are stored instead of {_expected} orders.");
        }
    }

    public async Task<long> CountAsync(string table, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var count = new NpgsqlCommand($"SELECT count(*) FROM {table}", connection);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }
}
