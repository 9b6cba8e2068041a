using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;

namespace Notifications.Worker.Contacts;

/// <summary>
/// Remembers where to write to. Facts of different topics come in any order: a message about a payment may be written before the order
/// said whom to write to, and waits for its contact.
/// </summary>
internal sealed class ContactBook(NotificationsDbContext database)
{
    /// <summary>Remembers addresses for orders or customers, in the transaction of the events; of several for the same one the last.</summary>
    public Task<int> RememberAsync(IEnumerable<(Guid About, string Email)> contacts, CancellationToken cancellationToken)
    {
        // In an order that all transactions have, so that two that remember the same ones can't wait for one another.
        var last = contacts.GroupBy(c => c.About, c => c.Email).OrderBy(c => c.Key).Select(c => (About: c.Key, Email: c.Last())).ToArray();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO contacts (about, email) SELECT * FROM unnest({Array.ConvertAll(last, c => c.About)}, {Array.ConvertAll(last, c => c.Email)})
            ON CONFLICT (about) DO UPDATE SET email = excluded.email
            """,
            cancellationToken);
    }
}
