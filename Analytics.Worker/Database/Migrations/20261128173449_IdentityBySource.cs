using EventDriven.Messaging;
using System;
using EventDriven.Messaging.Storage.Schema;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Analytics.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class IdentityBySource : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_inbox_handled_at",
                table: "inbox");

            migrationBuilder.RenameColumn(
                name: "event_id",
                table: "inbox",
                newName: "identity");

            migrationBuilder.AddColumn<long>(
                name: "content",
                table: "inbox",
                type: "bigint",
                nullable: true);

            migrationBuilder.IdentifyInboxBySource("/checkout", "/inventory");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_handled_at",
                table: "inbox",
                column: "handled_at",
                filter: "get_byte(uuid_send(identity), 6) >> 4 <> 7");

            migrationBuilder.AlterColumn<string>(
                name: "event_id",
                table: "dead_letters",
                type: "text",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "dead_letters",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "identity",
                table: "dead_letters",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "content",
                table: "dead_letters",
                type: "bigint",
                nullable: true);

            migrationBuilder.IdentifyDeadLettersBySource();

            migrationBuilder.RenameColumn(
                name: "event_id",
                table: "receipts",
                newName: "identity");

            migrationBuilder.AddColumn<string>(
                name: "event_id",
                table: "receipts",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql(
                $"""
                UPDATE receipts SET event_id = identity::text,
                    identity = {EventIdentity.Sql("CASE topic WHEN 'inventory.v1' THEN '/inventory' ELSE '/checkout' END", "identity")};
                ALTER TABLE receipts ALTER COLUMN event_id DROP DEFAULT;
                """);
        }

        /// <inheritdoc />
        /// <exception cref="NotSupportedException">Always: no hash can be turned back into an id.</exception>
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("The inbox knows events by a hash of their source and id, which can't be turned back into ids: restore a backup.");
    }
}
