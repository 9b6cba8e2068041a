using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Analytics.Worker.Orders;

internal sealed class OrderedItemConfiguration : IEntityTypeConfiguration<OrderedItem>
{
    public void Configure(EntityTypeBuilder<OrderedItem> builder)
    {
        builder.ToTable("ordered_items");
        builder.HasKey(i => new { i.OrderId, i.Sku });
    }
}
