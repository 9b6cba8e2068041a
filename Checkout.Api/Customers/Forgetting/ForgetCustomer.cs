using Checkout.Api.Database;
using Checkout.Api.Orders;
using Checkout.Api.Privacy;
using EventDriven.Contracts.Customers;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Customers.Forgetting;

/// <summary>
/// Forgets a customer once: destroys the key, deletes the sign-up and announces CustomerForgotten, in one transaction. Nothing that the key
/// has sealed can be read afterwards, wherever it stands. The customer's orders stay, and go on.
/// </summary>
internal sealed class ForgetCustomer(CheckoutDbContext database, CustomerKeyCache cache, IOutbox outbox, TimeProvider time)
{
    /// <summary>False if Checkout never knew the customer.</summary>
    public async Task<bool> ExecuteAsync(Guid customerId, CancellationToken cancellationToken)
    {
        if (customerId == Guid.Empty)
        {
            return false;
        }

        var now = time.GetUtcTimestamp();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);

        // The row stays, without the key: it says that the customer was forgotten, and that no other key is made. Orders from before there
        // were keys have none.
        var destroyed = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO customer_keys (customer_id, key_id, created_at, destroyed_at)
            SELECT {customerId}, {Guid.CreateVersion7(now)}, {now}, {now}
            WHERE EXISTS (SELECT FROM customer_keys WHERE customer_id = {customerId})
                OR EXISTS (SELECT FROM orders WHERE customer_id = {customerId})
            ON CONFLICT (customer_id) DO UPDATE SET wrapped = NULL, master_key = NULL, destroyed_at = excluded.destroyed_at
                WHERE customer_keys.destroyed_at IS NULL
            """,
            cancellationToken);
        if (destroyed == 0)
        {
            return await database.CustomerKeys.AnyAsync(k => k.CustomerId == customerId, cancellationToken);
        }

        // Whoever signs up holds the key's row until it has committed, so nothing is added after this.
        await database.Customers.Where(c => c.Id == customerId).ExecuteDeleteAsync(cancellationToken);
        outbox.Add(new CustomerForgotten(customerId, now), now);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Remove(customerId);
        return true;
    }
}
