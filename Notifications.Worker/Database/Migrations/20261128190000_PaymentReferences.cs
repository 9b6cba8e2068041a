using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notifications.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class PaymentReferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "reference",
                table: "messages",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "reference",
                table: "messages");
        }
    }
}
