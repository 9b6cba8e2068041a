using Microsoft.EntityFrameworkCore;

namespace Storefront.Orders;

/// <summary>Orders' own database. The outbox is in it too, in a schema of its own.</summary>
internal sealed class OrdersDbContext(DbContextOptions<OrdersDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}
