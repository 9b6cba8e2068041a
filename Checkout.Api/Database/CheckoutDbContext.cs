using Checkout.Api.Customers;
using Checkout.Api.Idempotency;
using Checkout.Api.Orders;
using Checkout.Api.Orders.Paying;
using Checkout.Api.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Database;

/// <summary>Checkout's own database.</summary>
internal sealed class CheckoutDbContext(DbContextOptions<CheckoutDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderStep> History => Set<OrderStep>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<CustomerKey> CustomerKeys => Set<CustomerKey>();

    public DbSet<StoredAnswer> StoredAnswers => Set<StoredAnswer>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CheckoutDbContext).Assembly);
}
