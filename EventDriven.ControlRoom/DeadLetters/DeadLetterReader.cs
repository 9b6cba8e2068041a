using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.DeadLetters.Progress;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>Reads dead letters for the pages.</summary>
internal sealed class DeadLetterReader(SystemAddresses addresses, TimeProvider time)
{
    private const int PageLength = 50;
    private const int MostOfKey = 100;
    private const int MostRedrives = 5;
    private static readonly TimeSpan RedrivesShown = TimeSpan.FromDays(1);

    /// <summary>Opens the databases; one that does not answer hides no other.</summary>
    public Task<ServiceDatabases> OpenAsync(CancellationToken cancellationToken) =>
        ServiceDatabases.OpenAsync(addresses.Databases, cancellationToken);

    /// <summary>How many there are.</summary>
    public async Task<DeadLetterOverview> OverviewAsync(CancellationToken cancellationToken)
    {
        await using var databases = await OpenAsync(cancellationToken);
        var found = await Task.WhenAll((await DeadLetterDatabases.ListAsync(databases, cancellationToken))
            .Select(admin => admin.SummarizeAsync(cancellationToken)));
        return new DeadLetterOverview(
            [.. found.SelectMany(groups => groups).OrderBy(group => group.Group, StringComparer.Ordinal).ThenBy(group => group.Reason)
                .ThenBy(group => group.State)],
            [.. databases.Unreachable.Select(database => $"{database.Name} does not answer: {database.Error}")],
            time.GetUtcNow())
        {
            Redrives = await RedriveProgressReader.ListAsync(
                databases, time.GetUtcNow() - RedrivesShown, MostRedrives, cancellationToken),
        };
    }

    /// <summary>A page of the list. Without a group, that of the first one that has any.</summary>
    public async Task<DeadLetterList> ListAsync(
        DeadLetterChoice choice, DeadLetterOverview overview, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var shown = choice.Group is not null || overview.Groups.Count == 0 ? choice : choice with { Group = overview.Groups[0].Group };
        if (shown.Group is null)
        {
            return new DeadLetterList(shown, overview, [], now);
        }

        await using var databases = await OpenAsync(cancellationToken);
        var page = new DeadLetterPage(PageLength + 1, shown.After)
        {
            IncludeBlocked = shown.Reason == "behind" || shown.Key is not null,
        };
        foreach (var admin in await DeadLetterDatabases.ListAsync(databases, cancellationToken))
        {
            if (await admin.ListAsync(shown.FilterAt(now), page, cancellationToken) is { Count: > 0 } found)
            {
                var rows = found.Take(PageLength).ToList();
                var blocks = await admin.CountBlockedAsync([.. rows.Select(row => row.Id)], cancellationToken);
                return new DeadLetterList(
                    shown, overview, [.. rows.Select(row => new DeadLetterRow(row, blocks.GetValueOrDefault(row.Id)))], now)
                {
                    Next = found.Count > PageLength ? (shown with { After = rows[^1].Id }).Url() : null,
                };
            }
        }

        return new DeadLetterList(shown, overview, [], now);
    }

    /// <summary>One in full.</summary>
    /// <exception cref="Messaging.Operations.Tasks.OperationFailedException">There is none of this number.</exception>
    public async Task<DeadLetterDetails> FindAsync(string group, long id, CancellationToken cancellationToken)
    {
        await using var databases = await OpenAsync(cancellationToken);
        var (found, admin) = await DeadLetterDatabases.FindAsync(databases, group, id, cancellationToken);
        var ofKey = await admin.ListOfKeyAsync(found, MostOfKey, cancellationToken);
        return new DeadLetterDetails(found, ofKey, EventStakes.Of([found, .. ofKey]), time.GetUtcNow());
    }
}
