using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notifications.Worker.Messages;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(m => new { m.Identity, m.Kind });
        builder.Property(m => m.Kind).HasMaxLength(32);
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(m => m.About);
        builder.HasIndex(m => m.DueAt).HasFilter("state = 'Pending'");
        builder.HasIndex(m => m.State).HasFilter("state = 'Withdrawing'");
    }
}
