using EventDriven.Chaos.Evidence.Tables;
using Npgsql;

namespace EventDriven.Chaos.Evidence.Notifications;

/// <summary>Reads Notifications' database and the mails that it has written to files.</summary>
internal static class NotificationsReader
{
    private const string Header = "Message-Id:";

    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    /// <exception cref="IOException">A mail can't be read.</exception>
    public static async Task<NotificationsEvidence> ReadAsync(
        NpgsqlConnection database, string? mailFolder, CancellationToken cancellationToken)
    {
        var messages = await database.ReadAsync(
            "SELECT identity, kind, about, reference, state FROM messages ORDER BY about, happened_at, kind",
            row => new StoredMessage(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.TextOrNull(3), row.GetString(4)),
            cancellationToken);
        var addressed = await database.ReadAsync(
            "SELECT about, customer FROM contacts WHERE customer IS NOT NULL AND (email IS NOT NULL OR name IS NOT NULL)",
            row => (row.GetGuid(0), row.GetGuid(1)),
            cancellationToken);
        return new NotificationsEvidence(
            messages,
            mailFolder is null ? null : await MailsAsync(mailFolder, cancellationToken),
            addressed.ToDictionary(contact => contact.Item1, contact => contact.Item2));
    }

    private static async Task<IReadOnlyList<string>> MailsAsync(string folder, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var mails = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [];
        foreach (var mail in mails.Order(StringComparer.Ordinal))
        {
            ids.Add(await MessageIdAsync(mail, cancellationToken) ?? $"none in {Path.GetFileName(mail)}");
        }

        return ids;
    }

    private static async Task<string?> MessageIdAsync(string mail, CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(mail, cancellationToken))
        {
            if (line.Length == 0)
            {
                break;
            }

            if (line.StartsWith(Header, StringComparison.OrdinalIgnoreCase))
            {
                return line[Header.Length..].Trim(' ', '<', '>').Split('@')[0];
            }
        }

        return null;
    }
}
