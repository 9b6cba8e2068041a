using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Checkout.Api.Database.Migrations
{
    /// <summary>
    /// Keys of customers' data. SQL can't seal, and what a customer row had is only what is sealed now, so customers who signed up before sign
    /// up again. Their orders stay.
    /// </summary>
    public partial class CustomerKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM customers;");

            migrationBuilder.DropIndex(
                name: "ix_customers_normalized_email",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "email",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "normalized_email",
                table: "customers");

            migrationBuilder.AlterColumn<string>(
                name: "name",
                table: "customers",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200);

            migrationBuilder.AlterColumn<string>(
                name: "email",
                table: "customers",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(254)",
                oldMaxLength: 254);

            migrationBuilder.AddColumn<byte[]>(
                name: "email_hash",
                table: "customers",
                type: "bytea",
                maxLength: 32,
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.CreateTable(
                name: "customer_keys",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    master_key = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    wrapped = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    destroyed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_keys", x => x.customer_id);
                    table.CheckConstraint(
                        "ck_customer_keys_destroyed",
                        "(wrapped IS NULL) = (destroyed_at IS NOT NULL) AND (wrapped IS NULL) = (master_key IS NULL)");
                });

            migrationBuilder.CreateIndex(
                name: "ix_customers_email_hash",
                table: "customers",
                column: "email_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_customer_keys_key_id",
                table: "customer_keys",
                column: "key_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM customers;");

            migrationBuilder.DropTable(
                name: "customer_keys");

            migrationBuilder.DropIndex(
                name: "ix_customers_email_hash",
                table: "customers");

            migrationBuilder.DropColumn(
                name: "email_hash",
                table: "customers");

            migrationBuilder.AddColumn<string>(
                name: "email",
                table: "orders",
                type: "character varying(254)",
                maxLength: 254,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AlterColumn<string>(
                name: "name",
                table: "customers",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AlterColumn<string>(
                name: "email",
                table: "customers",
                type: "character varying(254)",
                maxLength: 254,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AddColumn<string>(
                name: "normalized_email",
                table: "customers",
                type: "character varying(254)",
                maxLength: 254,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "ix_customers_normalized_email",
                table: "customers",
                column: "normalized_email",
                unique: true);
        }
    }
}
