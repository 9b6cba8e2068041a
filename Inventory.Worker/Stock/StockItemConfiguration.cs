using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Inventory.Worker.Stock;

internal sealed class StockItemConfiguration : IEntityTypeConfiguration<StockItem>
{
    private const int InitialStock = 1_000;

    // What the catalogue sells; the last one is never in stock, to see an order rejected.
    private static readonly string[] Skus =
    [
        "tea-earl-grey", "tea-sencha", "tea-assam", "tea-darjeeling", "tea-oolong", "tea-rooibos",
        "mug-blue", "mug-white", "kettle-steel", "pot-iron", "filter-paper", "honey-acacia",
    ];

    public void Configure(EntityTypeBuilder<StockItem> builder)
    {
        // The code never sells what isn't there; should it try, the database says no.
        builder.ToTable("stock", table =>
        {
            table.HasCheckConstraint("ck_stock_available", "available >= 0");
            table.HasCheckConstraint("ck_stock_reserved", "reserved >= 0");
        });
        builder.HasKey(s => s.Sku);
        builder.Property(s => s.Sku).HasMaxLength(StockItem.MaxSkuLength);
        builder.HasData(Skus.Select((sku, i) => new StockItem { Sku = sku, Available = i == Skus.Length - 1 ? 0 : InitialStock }));
    }
}
