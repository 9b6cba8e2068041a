using System;
using EventDriven.Messaging.Operations.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Analytics.Worker.Database.Migrations
{
    /// <summary>
    /// All tables of the service. It bears the id of the last of the migrations that it replaces: a database of that version has nothing pending.
    /// </summary>
    public partial class ConsumerGroupLastSeen : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ordered_items",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ordered_items", x => new { x.order_id, x.sku });
                });

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    placed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: true),
                    total = table.Column<decimal>(type: "numeric", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders", x => x.order_id);
                });

            migrationBuilder.CreateTable(
                name: "payments",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider_reference = table.Column<string>(type: "text", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    captured_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payments", x => new { x.order_id, x.provider_reference });
                });

            migrationBuilder.CreateTable(
                name: "receipts",
                columns: table => new
                {
                    identity = table.Column<Guid>(type: "uuid", nullable: false),
                    group = table.Column<string>(type: "text", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    topic = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    event_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    milliseconds = table.Column<double>(type: "double precision", nullable: false),
                    time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipts", x => new { x.identity, x.group });
                });

            migrationBuilder.CreateTable(
                name: "refunds",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider_reference = table.Column<string>(type: "text", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    refunded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refunds", x => new { x.order_id, x.provider_reference });
                });

            migrationBuilder.CreateTable(
                name: "reservations",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reserved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reservations", x => x.order_id);
                });

            migrationBuilder.CreateTable(
                name: "sign_ups",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    signed_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_ups", x => x.customer_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_state",
                table: "orders",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ix_payments_captured_at",
                table: "payments",
                column: "captured_at");

            migrationBuilder.CreateIndex(
                name: "ix_receipts_key",
                table: "receipts",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_receipts_time",
                table: "receipts",
                column: "time");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_refunded_at",
                table: "refunds",
                column: "refunded_at");

            migrationBuilder.CreateReadModelKeys(
                Of("orders.v1", "eventdriven.orders.order-placed.v1", "SELECT order_id::text, placed_at FROM orders WHERE placed_at IS NOT NULL"),
                Of("orders.v1", "eventdriven.orders.order-confirmed.v1", "SELECT order_id::text, confirmed_at FROM orders WHERE confirmed_at IS NOT NULL"),
                Of("inventory.v1", "eventdriven.inventory.stock-reserved.v1", "SELECT order_id::text, reserved_at FROM reservations"),

                // When it was captured is the provider's word, and says nothing about when its event came to the log.
                Of("payments.v1", "eventdriven.payments.payment-captured.v1", "SELECT order_id::text, NULL::timestamptz FROM payments"),
                Of("customers.v1", "eventdriven.customers.user-signed-up.v1", "SELECT customer_id::text, signed_up_at FROM sign_ups"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropReadModelKeys();

            migrationBuilder.DropTable(
                name: "ordered_items");

            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropTable(
                name: "payments");

            migrationBuilder.DropTable(
                name: "receipts");

            migrationBuilder.DropTable(
                name: "refunds");

            migrationBuilder.DropTable(
                name: "reservations");

            migrationBuilder.DropTable(
                name: "sign_ups");
        }

        private static ReadModelKey Of(string topic, string eventType, string query) => new("analytics", topic, eventType, query);
    }
}
