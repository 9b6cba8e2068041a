using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recommendations.Worker.Database.Migrations
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
                name: "basket_items",
                columns: table => new
                {
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sku = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_basket_items", x => new { x.order_id, x.sku });
                });

            migrationBuilder.CreateIndex(
                name: "ix_basket_items_sku_order_id",
                table: "basket_items",
                columns: new[] { "sku", "order_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "basket_items");
        }
    }
}
