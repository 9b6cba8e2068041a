using Inventory.Worker.Reservations;
using Inventory.Worker.Stock;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Database;

/// <summary>Inventory's own database: stock and reservations.</summary>
internal sealed class InventoryDbContext(DbContextOptions<InventoryDbContext> options) : DbContext(options)
{
    public DbSet<StockItem> Stock => Set<StockItem>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(InventoryDbContext).Assembly);
}
