using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Checkout.Api.Privacy;

internal sealed class CustomerKeyConfiguration : IEntityTypeConfiguration<CustomerKey>
{
    public void Configure(EntityTypeBuilder<CustomerKey> builder)
    {
        builder.ToTable("customer_keys", table => table.HasCheckConstraint(
            "ck_customer_keys_destroyed", "(wrapped IS NULL) = (destroyed_at IS NOT NULL) AND (wrapped IS NULL) = (master_key IS NULL)"));
        builder.HasKey(k => k.CustomerId);
        builder.Property(k => k.CustomerId).ValueGeneratedNever();
        builder.Property(k => k.MasterKey).HasMaxLength(16);
        builder.HasIndex(k => k.KeyId).IsUnique();
    }
}
