using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Checkout.Api.Orders;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("orders", table => table.HasCheckConstraint("ck_orders_paid", "paid BETWEEN 0 AND total"));
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Currency).HasMaxLength(3);
        builder.Property(o => o.Total).HasPrecision(14, 2);
        builder.Property(o => o.Paid).HasPrecision(14, 2).HasDefaultValue(0m);
        builder.Property(o => o.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(o => o.Lines).HasColumnType("jsonb").HasConversion(OrderLines.Converter, OrderLines.Comparer);

        // Every change of an order locks its row first (OrderQueries). If code forgets that, PostgreSQL's xmin makes the later of two
        // changes fail.
        builder.Property<uint>("Version").IsRowVersion();

        // A customer's orders, newest first, by key.
        builder.HasIndex(o => new { o.CustomerId, o.Id });

        builder.HasMany(o => o.History).WithOne().HasForeignKey(s => s.OrderId);
        builder.HasMany(o => o.Payments).WithOne().HasForeignKey(p => p.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}
