using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Inventory.Worker.Stock;

internal sealed class StockItemConfiguration : IEntityTypeConfiguration<StockItem>
{
    private const int InitialStock = 1_000;

    // The SKUs of the catalogue. The last one is never in stock, to demonstrate a rejected order.
    private static readonly string[] Skus =
    [
        "tea-earl-grey", "tea-sencha", "tea-assam", "tea-darjeeling", "tea-oolong", "tea-rooibos",
        "mug-blue", "mug-white", "kettle-steel", "pot-iron", "filter-paper", "honey-acacia",
    ];

    public void Configure(EntityTypeBuilder<StockItem> builder)
    {
        // The code never sells more than is available; the database checks it nevertheless.
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
