using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Checkout.Api.Idempotency;

internal sealed class StoredAnswerConfiguration : IEntityTypeConfiguration<StoredAnswer>
{
    public void Configure(EntityTypeBuilder<StoredAnswer> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(a => a.Key);
        builder.Property(a => a.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.Property(a => a.RequestHash).HasMaxLength(32);

        // The column's name dates from when only orders had keys. During a rollout, instances of the previous version still write it.
        builder.Property(a => a.ResourceId).HasColumnName("order_id");
        builder.Property(a => a.Location).HasMaxLength(100);
    }
}
