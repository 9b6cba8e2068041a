using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notifications.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class InboxByIds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_inbox_handled_at",
                table: "inbox",
                column: "handled_at");
        }
    }
}
