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

        // From when only orders had keys: an instance of the version before, which runs on while this one is rolled out, writes this column.
        builder.Property(a => a.ResourceId).HasColumnName("order_id");
        builder.Property(a => a.Location).HasMaxLength(100);
    }
}
