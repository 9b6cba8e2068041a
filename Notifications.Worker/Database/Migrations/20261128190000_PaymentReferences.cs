using System;
using EventDriven.Messaging.Operations.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notifications.Worker.Database.Migrations
{
    /// <summary>
    /// All tables of the service. It bears the id of the last of the migrations that it replaces: a database of that version has nothing pending.
    /// </summary>
    public partial class PaymentReferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    about = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contacts", x => x.about);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    identity = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: false),
                    about = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    happened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease = table.Column<Guid>(type: "uuid", nullable: true),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    correlation_id = table.Column<string>(type: "text", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => new { x.identity, x.kind });
                });

            migrationBuilder.CreateIndex(
                name: "ix_messages_about",
                table: "messages",
                column: "about");

            migrationBuilder.CreateIndex(
                name: "ix_messages_due_at",
                table: "messages",
                column: "due_at",
                filter: "state = 'Pending'");

            migrationBuilder.CreateDoubledEffects(

                // Event and kind are the key of a message, so this finds two events that tell the same fact. An order may have several payments.
                """
                SELECT 'notifications', max(event_id), about::text, format('%s written %s times', kind, count(*))
                FROM messages WHERE kind NOT LIKE 'payment-%' GROUP BY about, kind HAVING count(*) > 1
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropDoubledEffects();

            migrationBuilder.DropTable(
                name: "contacts");

            migrationBuilder.DropTable(
                name: "messages");
        }
    }
}
