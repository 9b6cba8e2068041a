using EventDriven.Messaging.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Analytics.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class ReadModelKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateReadModelKeys(

            // When a payment was captured is the provider's word, so it says nothing about when its event came to the log.
            """
            SELECT 'analytics', 'orders.v1', 'eventdriven.orders.order-placed.v1', order_id::text, placed_at FROM orders WHERE placed_at IS NOT NULL
            UNION ALL
            SELECT 'analytics', 'orders.v1', 'eventdriven.orders.order-confirmed.v1', order_id::text, confirmed_at FROM orders WHERE confirmed_at IS NOT NULL
            UNION ALL
            SELECT 'analytics', 'inventory.v1', 'eventdriven.inventory.stock-reserved.v1', order_id::text, reserved_at FROM reservations
            UNION ALL
            SELECT 'analytics', 'payments.v1', 'eventdriven.payments.payment-captured.v1', order_id::text, NULL FROM payments
            UNION ALL
            SELECT 'analytics', 'customers.v1', 'eventdriven.customers.user-signed-up.v1', customer_id::text, signed_up_at FROM sign_ups
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropReadModelKeys();
    }
}
