using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notifications.Worker.Database.Migrations
{
    /// <summary>Contacts without an address, and copies of mails that are withdrawn.</summary>
    public partial class ForgottenCustomers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "email",
                table: "contacts",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AddColumn<Guid>(
                name: "customer",
                table: "contacts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "name",
                table: "contacts",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_messages_state",
                table: "messages",
                column: "state",
                filter: "state = 'Withdrawing'");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_customer",
                table: "contacts",
                column: "customer");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Before, an address was required, and there were no such states.
            migrationBuilder.Sql("DELETE FROM contacts WHERE email IS NULL;");
            migrationBuilder.Sql("UPDATE messages SET state = 'Refused' WHERE state IN ('Withdrawing', 'Forgotten');");

            migrationBuilder.DropIndex(
                name: "ix_messages_state",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_contacts_customer",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "customer",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "name",
                table: "contacts");

            migrationBuilder.AlterColumn<string>(
                name: "email",
                table: "contacts",
                type: "text",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);
        }
    }
}
