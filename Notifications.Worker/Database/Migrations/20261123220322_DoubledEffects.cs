using EventDriven.Messaging.Operations.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notifications.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class DoubledEffects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateDoubledEffects(

            // Event and kind are the key of a message, so this finds two events that tell the same fact. An order may be paid more than once.
            """
            SELECT 'notifications', max(event_id::text)::uuid, about::text, format('%s written %s times', kind, count(*))
            FROM messages WHERE kind <> 'payment-received' GROUP BY about, kind HAVING count(*) > 1
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropDoubledEffects();
    }
}
