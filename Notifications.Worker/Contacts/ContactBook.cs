using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;

namespace Notifications.Worker.Contacts;

/// <summary>
/// Remembers where to write to. Facts of different topics come in any order: a message about a payment may be written before the order
/// said whom to write to, and waits for its contact.
/// </summary>
internal sealed class ContactBook(NotificationsDbContext database)
{
    /// <summary>Remembers addresses for orders or customers, in the transaction of the events: one for each, for ever.</summary>
    /// <exception cref="ContradictoryEventException">One has another address already.</exception>
    public async Task RememberAsync(IEnumerable<(Guid About, string Email)> contacts, CancellationToken cancellationToken)
    {
        // In an order that all transactions have, so that two that remember the same ones can't wait for one another.
        var told = contacts.Distinct().OrderBy(c => c.About).ToArray();
        var remembered = told.DistinctBy(c => c.About).Count() < told.Length ? 0 : await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO contacts (about, email) SELECT * FROM unnest({Array.ConvertAll(told, c => c.About)}, {Array.ConvertAll(told, c => c.Email)})
            ON CONFLICT (about) DO UPDATE SET email = excluded.email WHERE contacts.email = excluded.email
            """,
            cancellationToken);
        if (remembered < told.Length)
        {
            throw new ContradictoryEventException("email: another address was told before.");
        }
    }
}
