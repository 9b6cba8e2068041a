using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;

namespace Notifications.Worker.Contacts;

/// <summary>
/// Stores e-mail addresses and names. Facts of different topics come in any order: a message about a payment may be written before the
/// order's address is known, and then waits for it.
/// </summary>
internal sealed class ContactBook(NotificationsDbContext database)
{
    /// <summary>
    /// Stores contacts of orders or customers in the transaction of the events. Each has one address, which never changes until its
    /// customer is forgotten, and never comes back then. Equal text is sealed equally, so that sealed text can be compared.
    /// </summary>
    /// <exception cref="ContradictoryEventException">One has another address or name already.</exception>
    public async Task RememberAsync(IEnumerable<ToldContact> contacts, CancellationToken cancellationToken)
    {
        // Sorted, so that two transactions that store the same addresses can't deadlock.
        var told = contacts.Distinct().OrderBy(c => c.About).ToArray();
        var remembered = told.DistinctBy(c => c.About).Count() < told.Length ? 0 : await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO contacts (about, customer, email, name)
                SELECT * FROM unnest(
                    {Array.ConvertAll(told, c => c.About)},
                    {Array.ConvertAll(told, c => c.Customer)},
                    {Array.ConvertAll(told, c => c.Email)},
                    {Array.ConvertAll(told, c => c.Name)})
            ON CONFLICT (about) DO UPDATE SET
                customer = excluded.customer,
                email = CASE WHEN excluded.email IS NOT NULL THEN contacts.email END,
                name = CASE WHEN excluded.email IS NOT NULL AND contacts.email IS NOT NULL THEN coalesce(contacts.name, excluded.name) END
            WHERE contacts.email IS NULL OR excluded.email IS NULL
                OR (contacts.email = excluded.email AND coalesce(contacts.name, excluded.name) IS NOT DISTINCT FROM excluded.name)
            """,
            cancellationToken);
        if (remembered < told.Length)
        {
            throw new ContradictoryEventException("email: another address or name was told before.");
        }
    }

    /// <summary>
    /// Deletes what is stored of customers and has the copies of their mails removed. Their rows stay, without an address: what is written
    /// about them later is not sent, in whatever order facts arrive.
    /// </summary>
    public async Task ForgetAsync(Guid[] customers, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO contacts (about, customer) SELECT customer, customer FROM unnest({customers}) AS forgotten (customer)
            ON CONFLICT (about) DO UPDATE SET customer = excluded.customer, email = NULL, name = NULL
            """,
            cancellationToken);
        await database.Database.ExecuteSqlAsync(
            $"UPDATE contacts SET email = NULL, name = NULL WHERE customer = ANY ({customers}) AND (email IS NOT NULL OR name IS NOT NULL)",
            cancellationToken);
        await database.Database.ExecuteSqlAsync(
            $"""
            UPDATE messages SET state = 'Withdrawing'
            WHERE about IN (SELECT about FROM contacts WHERE customer = ANY ({customers})) AND state <> 'Forgotten'
            """,
            cancellationToken);
    }
}
