namespace EventDriven.Tests.Analyzers;

/// <summary>A service of a user of the library, as far as the analyzed code needs it.</summary>
internal static class ShopCode
{
    public const string File = "Shop.cs";

    public const string Types =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using EventDriven.Messaging;
        global using Microsoft.EntityFrameworkCore;

        [Event("shop.orders.order-placed.v1")]
        public sealed record OrderPlaced(string OrderId);

        [Event("shop.orders.order-shipped.v1")]
        public sealed record OrderShipped(string OrderId);

        public sealed class Order
        {
            public string Id { get; set; } = "";

            public DateTimeOffset ShippedAt { get; set; }
        }

        public sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
        {
            public DbSet<Order> Orders => Set<Order>();
        }
        """;

    /// <summary>A handler with this body.</summary>
    public static string Handler(string body) =>
        $$"""
        public sealed class ShipOrder(
            Shop database, IOutbox outbox, HttpClient http, System.Net.Mail.SmtpClient mail, MailKit.Net.Smtp.SmtpClient mailKit,
            Npgsql.NpgsqlConnection connection, TimeProvider time) : IEventHandler<OrderPlaced>
        {
            public async Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;

    /// <summary>A use case with this body, that is no handler.</summary>
    public static string UseCase(string body) =>
        $$"""
        public sealed class PlaceOrder(Shop database, IOutbox outbox, TimeProvider time)
        {
            public async Task ExecuteAsync(bool isPaid, CancellationToken cancellationToken)
            {
                {{body}}
                await Task.CompletedTask;
            }
        }
        """;
}
