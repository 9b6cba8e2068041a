using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>
/// The bare minimum: a minimal API that stores the order and its lines, in tables like Checkout's, in one round trip. No validation, no
/// idempotency key, no history, no event, no telemetry.
/// </summary>
internal static class TwinApi
{
    public const string Command = "checkout-twin";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, TwinJson.Default));
        await using var database = NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("checkoutdb")!);
        await using var app = builder.Build();
        app.MapGet("/health", () => TypedResults.Ok());
        app.MapPost("/orders", (TwinOrder order, CancellationToken cancellationToken) => PlaceAsync(database, order, cancellationToken));
        await app.RunAsync();
        return 0;
    }

    public static async Task CreateTablesAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand(
            """
            CREATE TABLE orders (
                id uuid PRIMARY KEY, customer_id uuid NOT NULL, email varchar(254) NOT NULL, currency varchar(3) NOT NULL,
                total numeric(14,2) NOT NULL, state varchar(16) NOT NULL);
            CREATE INDEX ON orders (customer_id, id);
            CREATE TABLE order_lines (
                order_id uuid REFERENCES orders ON DELETE CASCADE, number integer, sku varchar(64) NOT NULL, quantity integer NOT NULL,
                unit_price numeric(10,2) NOT NULL, PRIMARY KEY (order_id, number));
            """,
            connection);
        await create.ExecuteNonQueryAsync();
    }

    private static async Task<Created<TwinOrderAnswer>> PlaceAsync(
        NpgsqlDataSource database, TwinOrder order, CancellationToken cancellationToken)
    {
        const decimal Price = 9.95m;
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var total = order.Lines.Sum(line => line.Quantity * Price);

        // A batch is one transaction and one round trip, and a prepared one is neither parsed nor planned again.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(
            new("INSERT INTO orders (id, customer_id, email, currency, total, state) VALUES ($1, $2, $3, $4, $5, 'Placed')")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = id },
                new NpgsqlParameter<Guid> { TypedValue = order.CustomerId },
                new NpgsqlParameter<string> { TypedValue = order.Email },
                new NpgsqlParameter<string> { TypedValue = order.Currency },
                new NpgsqlParameter<decimal> { TypedValue = total },
            },
        });
        for (var i = 0; i < order.Lines.Length; i++)
        {
            batch.BatchCommands.Add(new("INSERT INTO order_lines (order_id, number, sku, quantity, unit_price) VALUES ($1, $2, $3, $4, $5)")
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = id },
                    new NpgsqlParameter<int> { TypedValue = i + 1 },
                    new NpgsqlParameter<string> { TypedValue = order.Lines[i].Sku },
                    new NpgsqlParameter<int> { TypedValue = order.Lines[i].Quantity },
                    new NpgsqlParameter<decimal> { TypedValue = Price },
                },
            });
        }

        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return TypedResults.Created($"/orders/{id}", new TwinOrderAnswer(id, total));
    }
}
