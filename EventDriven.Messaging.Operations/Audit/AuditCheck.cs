namespace EventDriven.Messaging.Operations.Audit;

/// <summary>Recomputes the chain of entries, one after another.</summary>
/// <param name="noted">A hash that an entry must have; null for none.</param>
public sealed class AuditCheck(ReadOnlyMemory<byte>? noted)
{
    /// <summary>Maximum number of faults that are told.</summary>
    public const int MaxFaults = 10;

    private readonly List<AuditFault> _faults = [];

    // Of the last entry that was read, right or wrong: what follows it is judged by itself.
    private long _sequence;
    private ReadOnlyMemory<byte> _hash = AuditHash.Start;
    private bool _hasNoted;

    /// <summary>Number of entries that are right, up to the first that is wrong.</summary>
    public long Entries { get; private set; }

    /// <summary>Hash of the last of them.</summary>
    public ReadOnlyMemory<byte> Head { get; private set; } = AuditHash.Start;

    /// <summary>What is wrong, by number of the entry: the first ones, at most <see cref="MaxFaults"/>.</summary>
    public IReadOnlyList<AuditFault> Faults => _faults;

    /// <summary>Number of further faults.</summary>
    public long More { get; private set; }

    /// <summary>Whether entries that were deleted from the end would be found.</summary>
    public bool FindsDeletedEnd => noted is not null;

    /// <summary>Checks all entries, also those after one that is wrong.</summary>
    public async Task RunAsync(IAsyncEnumerable<AuditEntry> entries, CancellationToken cancellationToken)
    {
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (Fault(entry) is { } fault)
            {
                Add(fault);
            }
            else if (_faults.Count == 0)
            {
                Entries = entry.Sequence;
                Head = entry.Hash;
            }

            _sequence = Math.Max(_sequence, entry.Sequence);
            _hash = entry.Hash;
            _hasNoted |= noted is { } hash && hash.Span.SequenceEqual(entry.Hash.Span);
        }

        if (noted is { } missed && !_hasNoted)
        {
            // Told in any case: it says more than one wrong entry among many.
            _faults.Add(new AuditFault(
                _sequence + 1,
                $"no entry has the hash {AuditHash.Text(missed)}. Entries at the end were deleted, or the whole chain was written anew."));
        }
    }

    private void Add(AuditFault fault)
    {
        if (_faults.Count < MaxFaults)
        {
            _faults.Add(fault);
        }
        else
        {
            More++;
        }
    }

    private AuditFault? Fault(AuditEntry entry)
    {
        var expected = _sequence + 1;
        if (entry.Sequence > expected)
        {
            var missing = entry.Sequence - 1 > expected ? $"entries {expected} to {entry.Sequence - 1} are" : $"entry {expected} is";
            return new AuditFault(expected, $"{missing} missing; entry {entry.Sequence} is the next one.");
        }

        if (entry.Sequence < expected)
        {
            return new AuditFault(entry.Sequence, $"there is more than one entry {entry.Sequence}, or it is out of order.");
        }

        if (!AuditHash.Of(entry).Span.SequenceEqual(entry.Hash.Span))
        {
            return new AuditFault(expected, $"entry {expected} was changed: its fields don't have its hash.");
        }

        return entry.PreviousHash.Span.SequenceEqual(_hash.Span) ? null : new AuditFault(
            expected,
            expected == 1
                ? "entry 1 does not begin the chain: an entry before it was deleted."
                : $"entry {expected} does not follow entry {_sequence}: an entry between them was deleted or inserted, or "
                    + $"entry {_sequence} was replaced.");
    }
}
