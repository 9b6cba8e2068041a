using Newcomer.Namespace.Worker.Somewhere;
using Microsoft.EntityFrameworkCore;

namespace Newcomer.Namespace.Worker.Database;

/// <summary>Newcomer's own database; the inbox is in it too, in a schema of its own.</summary>
internal sealed class ArrivalDbContext(DbContextOptions<ArrivalDbContext> options) : DbContext(options)
{
    public DbSet<HappenedThing> HappenedThings => Set<HappenedThing>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<HappenedThing>(happenedOne =>
        {
            happenedOne.ToTable("happened_things");
//#if (isPayment)
            happenedOne.HasKey(h => new { h.SubjectId, h.ProviderReference });
//#else
            happenedOne.HasKey(h => h.SubjectId);
//#endif
//#if (hasAmount)
            happenedOne.Property(h => h.Amount).HasPrecision(14, 2);
//#endif
//#if (hasTotal)
            happenedOne.Property(h => h.Total).HasPrecision(14, 2);
//#endif
//#if (hasRefundDue)
            happenedOne.Property(h => h.RefundDue).HasPrecision(14, 2);
//#endif
//#if (hasOutstanding)
            happenedOne.Property(h => h.Outstanding).HasPrecision(14, 2);
//#endif
        });
    }
}
