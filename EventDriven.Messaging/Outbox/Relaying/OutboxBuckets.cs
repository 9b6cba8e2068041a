using EventDriven.Messaging.Storage.Outbox;
using Npgsql;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// The buckets that this relay owns, by session-level advisory locks: a bucket has one owner, and a dead owner's buckets are free once its
/// connection is gone. Each relay holds a shared lock, by which the relays count one another; each keeps an equal share.
/// </summary>
internal sealed class OutboxBuckets(NpgsqlConnection session) : IOutboxBuckets
{
    // Arbitrary numbers; nothing else in the service's own database locks with them.
    private const int MemberClass = 0x6F757462;
    internal const int BucketClass = 0x6F757463;

    private readonly List<int> _owned = [];
    private readonly List<int> _leaving = [];

    /// <inheritdoc/>
    public bool OwnsAll => _owned.Count == OutboxTable.Buckets;

    /// <inheritdoc/>
    public IReadOnlyList<int> Owned => _owned;

    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        await using var join = new NpgsqlCommand(
            "SELECT pg_advisory_lock_shared($1, 0)", session) { Parameters = { new() { Value = MemberClass } } };
        await join.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ShareAsync(Func<int, bool> isInFlight, CancellationToken cancellationToken)
    {
        var members = await CountMembersAsync(cancellationToken);
        var share = (OutboxTable.Buckets + members - 1) / members;
        if (_owned.Count < share)
        {
            _owned.AddRange(_leaving);
            _leaving.Clear();
        }

        if (_owned.Count < share)
        {
            await AcquireAsync(cancellationToken);
        }

        if (_owned.Count > share)
        {
            _leaving.AddRange(_owned[share..]);
            _owned.RemoveRange(share, _owned.Count - share);
        }

        if (_leaving.FindAll(bucket => !isInFlight(bucket)) is { Count: > 0 } free)
        {
            await ReleaseAsync(free, cancellationToken);
            _leaving.RemoveAll(free.Contains);
        }
    }

    private async Task<int> CountMembersAsync(CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand(
            """
            SELECT count(DISTINCT pid)::int FROM pg_locks
            WHERE locktype = 'advisory' AND classid = $1::oid AND objid = 0 AND objsubid = 2 AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """,
            session)
        {
            Parameters = { new() { Value = (long)MemberClass } },
        };
        return Math.Max(1, (int)(await count.ExecuteScalarAsync(cancellationToken))!);
    }

    private async Task AcquireAsync(CancellationToken cancellationToken)
    {
        await using var acquire = new NpgsqlCommand(
            "SELECT b FROM (SELECT b, pg_try_advisory_lock($1, b) AS got FROM unnest($2) AS b) AS tried WHERE got", session)
        {
            Parameters =
            {
                new() { Value = BucketClass },
                new() { Value = Enumerable.Range(0, OutboxTable.Buckets).Except(_owned).ToArray() },
            },
        };
        await using var reader = await acquire.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _owned.Add(reader.GetInt32(0));
        }
    }

    private async Task ReleaseAsync(IEnumerable<int> buckets, CancellationToken cancellationToken)
    {
        await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1, b) FROM unnest($2) AS b", session)
        {
            Parameters = { new() { Value = BucketClass }, new() { Value = buckets.ToArray() } },
        };
        await release.ExecuteNonQueryAsync(cancellationToken);
    }
}
