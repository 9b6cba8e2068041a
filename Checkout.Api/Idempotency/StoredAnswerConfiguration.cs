using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Checkout.Api.Idempotency;

internal sealed class StoredAnswerConfiguration : IEntityTypeConfiguration<StoredAnswer>
{
    public const string Table = "idempotency_keys";

    public void Configure(EntityTypeBuilder<StoredAnswer> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(a => a.Key);
        builder.Property(a => a.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.Property(a => a.RequestHash).HasMaxLength(32);
        builder.Property(a => a.Location).HasMaxLength(100);
    }
}
