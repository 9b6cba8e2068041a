using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Analytics.Worker.Customers;

internal sealed class SignUpConfiguration : IEntityTypeConfiguration<SignUp>
{
    public void Configure(EntityTypeBuilder<SignUp> builder)
    {
        builder.ToTable("sign_ups");
        builder.HasKey(s => s.CustomerId);
        builder.Property(s => s.CustomerId).ValueGeneratedNever();
    }
}
