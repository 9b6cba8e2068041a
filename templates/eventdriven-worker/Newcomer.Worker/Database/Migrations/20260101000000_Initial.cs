using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Newcomer.Namespace.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "happened_things",
                columns: table => new
                {
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
//#if (isPayment)
                    provider_reference = table.Column<string>(type: "text", nullable: false),
//#endif
//#if (hasCustomerId)
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
//#endif
//#if (hasAmount)
                    amount = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: false),
//#endif
//#if (hasCurrency)
                    currency = table.Column<string>(type: "text", nullable: false),
//#endif
//#if (hasTotal)
                    total = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: false),
//#endif
//#if (hasLines)
                    units = table.Column<int>(type: "integer", nullable: false),
//#endif
//#if (hasReason)
                    reason = table.Column<string>(type: "text", nullable: false),
//#endif
//#if (hasSkuColumn)
                    skus = table.Column<string[]>(type: "text[]", nullable: false),
//#endif
//#if (hasHappenedAt)
                    happened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
//#endif
//#if (hasRefundDue)
                    refund_due = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: true),
//#endif
//#if (hasRefundCurrency)
                    currency = table.Column<string>(type: "text", nullable: true),
//#endif
//#if (hasOutstanding)
                    outstanding = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: true),
//#endif
                },
                constraints: table =>
                {
//#if (isPayment)
                    table.PrimaryKey("pk_happened_things", x => new { x.subject_id, x.provider_reference });
//#else
                    table.PrimaryKey("pk_happened_things", x => x.subject_id);
//#endif
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "happened_things");
        }
    }
}
