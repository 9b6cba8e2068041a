using System;
using EventDriven.Messaging.Operations.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Inventory.Worker.Database.Migrations
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
                name: "reservations",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    placed = table.Column<bool>(type: "boolean", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    short_skus = table.Column<string[]>(type: "text[]", nullable: false),
                    skus = table.Column<string[]>(type: "text[]", nullable: false),
                    quantities = table.Column<int[]>(type: "integer[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reservations", x => x.order_id);
                });

            migrationBuilder.CreateTable(
                name: "stock",
                columns: table => new
                {
                    sku = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    available = table.Column<int>(type: "integer", nullable: false),
                    reserved = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock", x => x.sku);
                    table.CheckConstraint("ck_stock_available", "available >= 0");
                    table.CheckConstraint("ck_stock_reserved", "reserved >= 0");
                });

            migrationBuilder.InsertData(
                table: "stock",
                columns: new[] { "sku", "available", "reserved" },
                values: new object[,]
                {
                    { "filter-paper", 1000, 0 },
                    { "honey-acacia", 0, 0 },
                    { "kettle-steel", 1000, 0 },
                    { "mug-blue", 1000, 0 },
                    { "mug-white", 1000, 0 },
                    { "pot-iron", 1000, 0 },
                    { "tea-assam", 1000, 0 },
                    { "tea-darjeeling", 1000, 0 },
                    { "tea-earl-grey", 1000, 0 },
                    { "tea-oolong", 1000, 0 },
                    { "tea-rooibos", 1000, 0 },
                    { "tea-sencha", 1000, 0 }
                });

            migrationBuilder.CreateIndex(
                name: "ix_reservations_expires_at",
                table: "reservations",
                column: "expires_at",
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateDoubledEffects(

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropDoubledEffects();

            migrationBuilder.DropTable(
                name: "reservations");

            migrationBuilder.DropTable(
                name: "stock");
        }
    }
}
