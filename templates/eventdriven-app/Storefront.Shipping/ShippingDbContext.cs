using Microsoft.EntityFrameworkCore;

namespace Storefront.Shipping;

/// <summary>Shipping's own database. The inbox is in it too, in a schema of its own.</summary>
internal sealed class ShippingDbContext(DbContextOptions<ShippingDbContext> options) : DbContext(options)
{
    public DbSet<Shipment> Shipments => Set<Shipment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Shipment>().HasKey(shipment => shipment.OrderId);
}
