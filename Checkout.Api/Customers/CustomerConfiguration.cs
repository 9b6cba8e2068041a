using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Checkout.Api.Customers;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customers");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(c => c.NormalizedEmail).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(c => c.Name).HasMaxLength(SignUpRequest.MaxNameLength);
        builder.HasIndex(c => c.NormalizedEmail).IsUnique();
    }
}
