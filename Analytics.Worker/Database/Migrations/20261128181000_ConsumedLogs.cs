using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Analytics.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class ConsumedLogs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "consumer_logs",
                columns: table => new
                {
                    group = table.Column<string>(type: "text", nullable: false),
                    topic = table.Column<string>(type: "text", nullable: false),
                    cluster = table.Column<string>(type: "text", nullable: false),
                    topic_id = table.Column<string>(type: "text", nullable: false),
                    begins = table.Column<long[]>(type: "bigint[]", nullable: true),
                    first_read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    was_read = table.Column<bool>(type: "boolean", nullable: false),
                    left_out_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consumer_logs", x => new { x.group, x.topic, x.cluster, x.topic_id });
                });

            // What the offsets still know of logs that were read before there was this record. Ids of topics were not noted.
            migrationBuilder.Sql(
                """
                INSERT INTO consumer_logs ("group", topic, cluster, topic_id, first_read_at, last_read_at, was_read)
                SELECT DISTINCT "group", topic, cluster, '', timestamptz '-infinity', now(), true FROM consumer_offsets WHERE next_offset > 0;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "consumer_logs");
        }
    }
}
