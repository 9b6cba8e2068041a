using Analytics.Worker.Customers;
using Analytics.Worker.Journeys;
using Analytics.Worker.Orders;
using Analytics.Worker.Reservations;
using Analytics.Worker.Revenue;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Database;

/// <summary>
/// The read models, with the offsets up to which they were built (law L11). Each table is written from one topic, and its rows are keyed by
/// the subject of the fact. So facts of different topics may come in any order without waiting for one another, and a replay writes the
/// same rows again.
/// </summary>
internal sealed class AnalyticsDbContext(DbContextOptions<AnalyticsDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderedItem> OrderedItems => Set<OrderedItem>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    public DbSet<SignUp> SignUps => Set<SignUp>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AnalyticsDbContext).Assembly);
}
