using System;
using EventDriven.Messaging.Operations.Reconciliation;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Checkout.Api.Database.Migrations
{
    /// <inheritdoc />
    public partial class Refunds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "refusal",
                table: "payments",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "paid",
                table: "orders",
                type: "numeric(14,2)",
                precision: 14,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.CreateTable(
                name: "refunds",
                columns: table => new
                {
                    provider_reference = table.Column<string>(type: "character varying(100)", nullable: false),
                    reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    lease = table.Column<Guid>(type: "uuid", nullable: true),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true),
                    refunded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    correlation_id = table.Column<string>(type: "text", nullable: false),
                    causation_id = table.Column<string>(type: "text", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refunds", x => x.provider_reference);
                    table.ForeignKey(
                        name: "fk_refunds_payments_provider_reference",
                        column: x => x.provider_reference,
                        principalTable: "payments",
                        principalColumn: "provider_reference",
                        onDelete: ReferentialAction.Restrict);
                });

            // What was captured before payments had to fit the order: the first ones, up to the total, are the order's, and what came on top of it
            // was never due. What an order that has ended was paid, and what was never due, is owed back.
            migrationBuilder.Sql(
                """
                UPDATE payments SET refusal = 'exceeds-total' FROM (
                    SELECT provider_reference AS reference, total, sum(amount) OVER (PARTITION BY order_id ORDER BY captured_at, provider_reference) AS captured
                    FROM payments JOIN orders ON id = order_id) AS so_far
                WHERE provider_reference = reference AND captured > total;

                UPDATE orders SET paid = amount FROM (
                    SELECT order_id, sum(amount) AS amount FROM payments WHERE refusal IS NULL GROUP BY order_id) AS taken
                WHERE id = order_id;

                INSERT INTO refunds (provider_reference, reason, state, requested_at, due_at, attempts, correlation_id, causation_id)
                SELECT
                    provider_reference,
                    coalesce(refusal, CASE orders.state WHEN 'Cancelled' THEN 'order-cancelled' ELSE 'order-rejected' END),
                    'Pending', now(), now(), 0, order_id::text, order_id::text
                FROM payments JOIN orders ON id = order_id
                WHERE refusal IS NOT NULL OR orders.state IN ('Cancelled', 'Rejected');
                """);

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_paid",
                table: "orders",
                sql: "paid BETWEEN 0 AND total");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_due_at",
                table: "refunds",
                column: "due_at",
                filter: "state <> 'Refunded'");

            migrationBuilder.DropDoubledEffects();
            migrationBuilder.CreateDoubledEffects(

                // An order enters each state once at most, and what it was paid is the sum of the payments that it took. That a payment goes back once,
                // and whole, is the key of its refund.
                """
                SELECT 'checkout', NULL::uuid, order_id::text, format('%s %s times', state, count(*))
                FROM order_history GROUP BY order_id, state HAVING count(*) > 1
                UNION ALL
                SELECT 'checkout', NULL::uuid, order_id::text, format('paid %s, by payments of %s', paid, sum(amount))
                FROM payments JOIN orders ON id = order_id WHERE refusal IS NULL GROUP BY order_id, paid HAVING sum(amount) <> paid
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropDoubledEffects();
            migrationBuilder.CreateDoubledEffects(
                """
                SELECT 'checkout', NULL::uuid, order_id::text, format('%s %s times', state, count(*))
                FROM order_history GROUP BY order_id, state HAVING count(*) > 1
                """);

            migrationBuilder.DropTable(
                name: "refunds");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_paid",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "refusal",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "paid",
                table: "orders");
        }
    }
}
