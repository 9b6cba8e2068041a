using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Checkout.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class OrderLinesAndInboxByIds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "lines",
                table: "orders",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.Sql(
                """
                UPDATE orders SET lines = stored.lines FROM (
                    SELECT order_id, jsonb_agg(
                        jsonb_build_object('number', number, 'sku', sku, 'quantity', quantity, 'unitPrice', unit_price) ORDER BY number) AS lines
                    FROM order_lines GROUP BY order_id) AS stored
                WHERE id = order_id;
                ALTER TABLE orders ALTER COLUMN lines DROP DEFAULT;
                """);

            migrationBuilder.DropTable(
                name: "order_lines");

            migrationBuilder.DropIndex(
                name: "ix_inbox_handled_at",
                table: "inbox");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_handled_at",
                table: "inbox",
                column: "handled_at",
                filter: "get_byte(uuid_send(event_id), 6) >> 4 <> 7");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_inbox_handled_at",
                table: "inbox");

            migrationBuilder.CreateTable(
                name: "order_lines",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    sku = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    unit_price = table.Column<decimal>(type: "numeric(10,2)", precision: 10, scale: 2, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_lines", x => new { x.order_id, x.number });
                    table.ForeignKey(
                        name: "fk_order_lines_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO order_lines (order_id, number, sku, quantity, unit_price)
                SELECT id, (line->>'number')::int, line->>'sku', (line->>'quantity')::int, (line->>'unitPrice')::numeric
                FROM orders, jsonb_array_elements(lines) AS line;
                """);

            migrationBuilder.DropColumn(
                name: "lines",
                table: "orders");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_handled_at",
                table: "inbox",
                column: "handled_at");
        }
    }
}
