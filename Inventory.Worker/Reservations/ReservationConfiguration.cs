using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Inventory.Worker.Reservations;

internal sealed class ReservationConfiguration : IEntityTypeConfiguration<Reservation>
{
    public void Configure(EntityTypeBuilder<Reservation> builder)
    {
        builder.ToTable("reservations");
        builder.HasKey(r => r.OrderId);
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        builder.Property<string[]>("Skus");
        builder.Property<int[]>("Quantities");
        builder.Ignore(r => r.Lines);

        // The sweep reads only holds, which are few.
        builder.HasIndex(r => r.ExpiresAt).HasFilter("expires_at IS NOT NULL");
    }
}
