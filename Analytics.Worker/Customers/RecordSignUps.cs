using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Customers;

/// <summary>Records that customers signed up; who they are, is none of its business.</summary>
internal sealed class RecordSignUps(AnalyticsDbContext database) : IEventBatchHandler<UserSignedUp>
{
    public Task HandleAsync(IReadOnlyList<EventContext<UserSignedUp>> contexts, CancellationToken cancellationToken)
    {
        var customers = contexts.Select(c => c.Data).ToArray();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sign_ups (customer_id, signed_up_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(customers, c => c.CustomerId)},
                {Array.ConvertAll(customers, c => c.SignedUpAt.ToUniversalTime())})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}
