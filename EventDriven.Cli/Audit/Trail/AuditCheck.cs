namespace EventDriven.Cli.Audit.Trail;

/// <summary>Recomputes the chain of entries, one after another.</summary>
/// <param name="noted">A hash that an entry must have; null for none.</param>
internal sealed class AuditCheck(ReadOnlyMemory<byte>? noted)
{
    private bool _hasNoted;

    /// <summary>Number of entries that are right.</summary>
    public long Entries { get; private set; }

    /// <summary>Hash of the last of them.</summary>
    public ReadOnlyMemory<byte> Head { get; private set; } = AuditHash.Start;

    /// <summary>Checks all entries until one is wrong.</summary>
    /// <returns>What is wrong, with the number of the entry; null when nothing is.</returns>
    public async Task<AuditFault?> RunAsync(IAsyncEnumerable<AuditEntry> entries, CancellationToken cancellationToken)
    {
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (Fault(entry) is { } fault)
            {
                return fault;
            }

            Entries = entry.Sequence;
            Head = entry.Hash;
            _hasNoted |= noted is { } hash && hash.Span.SequenceEqual(entry.Hash.Span);
        }

        return noted is null || _hasNoted ? null : new AuditFault(
            Entries + 1,
            $"no entry has the hash {AuditHash.Text(noted.Value)}. Entries at the end were deleted, or the whole chain was written anew.");
    }

    private AuditFault? Fault(AuditEntry entry)
    {
        var expected = Entries + 1;
        if (entry.Sequence > expected)
        {
            return new AuditFault(expected, $"entry {expected} is missing; entry {entry.Sequence} is the next one.");
        }

        if (entry.Sequence < expected)
        {
            return new AuditFault(entry.Sequence, $"there is more than one entry {entry.Sequence}, or it is out of order.");
        }

        if (!AuditHash.Of(entry).Span.SequenceEqual(entry.Hash.Span))
        {
            return new AuditFault(expected, $"entry {expected} was changed: its fields don't have its hash.");
        }

        return entry.PreviousHash.Span.SequenceEqual(Head.Span) ? null : new AuditFault(
            expected,
            expected == 1
                ? "entry 1 does not begin the chain: an entry before it was deleted."
                : $"entry {expected} does not follow entry {Entries}: an entry between them was deleted or inserted, or entry {Entries} "
                    + "was replaced.");
    }
}
