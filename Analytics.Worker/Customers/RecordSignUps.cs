using Analytics.Worker.Database;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Customers;

/// <summary>Records sign-ups, each once, without personal data.</summary>
internal sealed class RecordSignUps(AnalyticsDbContext database) : IEventBatchHandler<UserSignedUp>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<UserSignedUp>> contexts, CancellationToken cancellationToken)
    {
        var customers = contexts.Select(c => c.Data).ToArray();
        var recorded = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sign_ups (customer_id, signed_up_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(customers, c => c.CustomerId)},
                {Array.ConvertAll(customers, c => c.SignedUpAt.ToUniversalTime())})
            ON CONFLICT (customer_id) DO UPDATE SET signed_up_at = excluded.signed_up_at WHERE sign_ups.signed_up_at = excluded.signed_up_at
            """,
            cancellationToken);
        if (recorded < customers.Length)
        {
            throw new ContradictoryEventException("signedUpAt: the customer signed up at another time before.");
        }
    }
}
