using Checkout.Api.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Checkout.Api.Payments;

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public const string Table = "payments";

    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.ToTable(Table);

        // The key is what makes a payment count once.
        builder.HasKey(p => p.ProviderReference);
        builder.Property(p => p.ProviderReference).HasMaxLength(PaymentNotice.MaxReferenceLength);
        builder.Property(p => p.Amount).HasPrecision(14, 2);
        builder.Property(p => p.Currency).HasMaxLength(3);
        builder.HasOne<Order>().WithMany().HasForeignKey(p => p.OrderId).OnDelete(DeleteBehavior.Restrict);
    }
}
