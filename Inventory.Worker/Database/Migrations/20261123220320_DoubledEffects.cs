using EventDriven.Messaging.Operations.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Inventory.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class DoubledEffects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateDoubledEffects(

            // Stock and reservations change in one transaction: more in stock was taken twice, less was given back twice.
            """
            SELECT 'inventory', NULL::uuid, NULL::text,
                format('%s: %s set aside in stock, %s in reservations', sku, stock.reserved, coalesce(held.quantity, 0))
            FROM stock LEFT JOIN (
                SELECT line.sku, sum(line.quantity) AS quantity
                FROM reservations, unnest(skus, quantities) AS line (sku, quantity)
                WHERE state IN ('Held', 'Reserved') GROUP BY line.sku) AS held USING (sku)
            WHERE stock.reserved <> coalesce(held.quantity, 0)
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropDoubledEffects();
    }
}
