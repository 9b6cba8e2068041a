using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;

namespace Notifications.Worker.Contacts;

/// <summary>
/// Remembers where to write to. Facts of different topics come in any order: a message about a payment may be written before the order
/// said whom to write to, and waits for its contact.
/// </summary>
internal sealed class ContactBook(NotificationsDbContext database)
{
    /// <summary>Remembers the address for an order or a customer, in the transaction of the event.</summary>
    public Task<int> RememberAsync(Guid about, string email, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"INSERT INTO contacts (about, email) VALUES ({about}, {email}) ON CONFLICT (about) DO UPDATE SET email = excluded.email",
        cancellationToken);
}
