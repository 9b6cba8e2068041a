using System.Collections.Concurrent;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Running;

/// <summary>Everything that was asked of the system in a run, by whomever.</summary>
/// <param name="seed">The schedule's seed.</param>
internal sealed class OperationLog(int seed)
{
    private readonly ConcurrentBag<Operation> _operations = [];
    private int _last;
    private int _orders;

    /// <summary>The operations so far, in the order in which they were begun.</summary>
    public IReadOnlyList<Operation> All => [.. _operations.OrderBy(operation => operation.Number)];

    /// <summary>How many there are so far.</summary>
    public int Count => _operations.Count;

    /// <summary>Orders that were acknowledged so far.</summary>
    public int Orders => Volatile.Read(ref _orders);

    /// <summary>The operations that have ended since then, in any order.</summary>
    public IEnumerable<Operation> EndedSince(DateTimeOffset then) => _operations.Where(operation => operation.Ended >= then);

    /// <summary>The number of an operation that begins now.</summary>
    public int NextNumber() => Interlocked.Increment(ref _last);

    /// <summary>The correlation id of an operation.</summary>
    public string CorrelationId(int number) => $"chaos-{seed}-{number}";

    /// <summary>Notes an operation that has ended.</summary>
    public void Add(Operation operation)
    {
        _operations.Add(operation);
        if (operation is { Kind: OperationKind.Place, Outcome: Outcome.Ok })
        {
            Interlocked.Increment(ref _orders);
        }
    }
}
