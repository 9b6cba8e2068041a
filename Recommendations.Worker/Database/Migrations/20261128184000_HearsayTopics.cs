using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Recommendations.Worker.Database.Migrations
{
    /// <inheritdoc />
    public partial class HearsayTopics : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "hearsay_topics",
                table: "consumer_groups",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "hearsay_topics",
                table: "consumer_groups");
        }
    }
}
