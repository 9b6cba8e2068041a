using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Checkout.Api.Orders.Paying;

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.ToTable("payments");

        // The primary key makes a payment count once.
        builder.HasKey(p => p.ProviderReference);
        builder.Property(p => p.ProviderReference).HasMaxLength(Payment.MaxReferenceLength);
        builder.Property(p => p.Amount).HasPrecision(14, 2);
        builder.Property(p => p.Currency).HasMaxLength(3);
        builder.Property(p => p.Refusal).HasMaxLength(32);
        builder.HasOne(p => p.Refund).WithOne().HasForeignKey<Refund>(r => r.ProviderReference).OnDelete(DeleteBehavior.Restrict);
    }
}
