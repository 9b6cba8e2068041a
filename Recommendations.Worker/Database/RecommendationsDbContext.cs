using Microsoft.EntityFrameworkCore;
using Recommendations.Worker.Baskets;

namespace Recommendations.Worker.Database;

/// <summary>Recommendations' own database: what was bought together, and the inbox.</summary>
internal sealed class RecommendationsDbContext(DbContextOptions<RecommendationsDbContext> options) : DbContext(options)
{
    public DbSet<BasketItem> BasketItems => Set<BasketItem>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<BasketItem>(item =>
        {
            item.ToTable("basket_items");
            item.HasKey(i => new { i.OrderId, i.Sku });
            item.HasIndex(i => new { i.Sku, i.OrderId });
        });
    }
}
