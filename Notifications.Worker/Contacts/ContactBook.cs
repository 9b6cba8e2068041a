using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;

namespace Notifications.Worker.Contacts;

/// <summary>
/// Stores e-mail addresses. Facts of different topics come in any order: a message about a payment may be written before the order's
/// address is known, and then waits for it.
/// </summary>
internal sealed class ContactBook(NotificationsDbContext database)
{
    /// <summary>
    /// Stores addresses of orders or customers in the transaction of the events. Each has one address, which never changes.
    /// </summary>
    /// <exception cref="ContradictoryEventException">One has another address already.</exception>
    public async Task RememberAsync(IEnumerable<(Guid About, string Email)> contacts, CancellationToken cancellationToken)
    {
        // Sorted, so that two transactions that store the same addresses can't deadlock.
        var told = contacts.Distinct().OrderBy(c => c.About).ToArray();
        var remembered = told.DistinctBy(c => c.About).Count() < told.Length ? 0 : await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO contacts (about, email)
                SELECT * FROM unnest({Array.ConvertAll(told, c => c.About)}, {Array.ConvertAll(told, c => c.Email)})
            ON CONFLICT (about) DO UPDATE SET email = excluded.email WHERE contacts.email = excluded.email
            """,
            cancellationToken);
        if (remembered < told.Length)
        {
            throw new ContradictoryEventException("email: another address was told before.");
        }
    }
}
