using EventDriven.Messaging.Operations.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Analytics.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class ReadModelKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateReadModelKeys(
            Of("orders.v1", "eventdriven.orders.order-placed.v1", "SELECT order_id::text, placed_at FROM orders WHERE placed_at IS NOT NULL"),
            Of("orders.v1", "eventdriven.orders.order-confirmed.v1", "SELECT order_id::text, confirmed_at FROM orders WHERE confirmed_at IS NOT NULL"),
            Of("inventory.v1", "eventdriven.inventory.stock-reserved.v1", "SELECT order_id::text, reserved_at FROM reservations"),

            // When it was captured is the provider's word, and says nothing about when its event came to the log.
            Of("payments.v1", "eventdriven.payments.payment-captured.v1", "SELECT order_id::text, NULL::timestamptz FROM payments"),
            Of("customers.v1", "eventdriven.customers.user-signed-up.v1", "SELECT customer_id::text, signed_up_at FROM sign_ups"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropReadModelKeys();

        private static ReadModelKey Of(string topic, string eventType, string query) => new("analytics", topic, eventType, query);
    }
}
