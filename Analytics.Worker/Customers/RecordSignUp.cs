using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Customers;

/// <summary>Records that a customer signed up; who it is, is none of its business.</summary>
internal sealed class RecordSignUp(AnalyticsDbContext database) : IEventHandler<UserSignedUp>
{
    public Task HandleAsync(EventContext<UserSignedUp> context, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO sign_ups (customer_id, signed_up_at) VALUES ({context.Data.CustomerId}, {context.Data.SignedUpAt.ToUniversalTime()})
        ON CONFLICT DO NOTHING
        """,
        cancellationToken);
}
