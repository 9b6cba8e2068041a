using EventDriven.Messaging.Operations.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Checkout.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class DoubledEffects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateDoubledEffects(

            // An order enters each state once at most.
            """
            SELECT 'checkout', NULL::uuid, order_id::text, format('%s %s times', state, count(*))
            FROM order_history GROUP BY order_id, state HAVING count(*) > 1
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropDoubledEffects();
    }
}
