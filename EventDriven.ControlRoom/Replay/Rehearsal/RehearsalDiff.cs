using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Replay.Rehearsal;

/// <summary>What a rehearsal has found, as a difference.</summary>
/// <param name="Result">What the service's program tells.</param>
/// <param name="Tables">Rows before and after, by table.</param>
public sealed record RehearsalDiff(RehearsalResult Result, IReadOnlyList<TableDiff> Tables)
{
    /// <summary>Whether a replay of the same range would change and send nothing.</summary>
    public bool IsEmpty => Tables.Count == 0 && Result is { Published.Count: 0, Sent.Count: 0, Failures.Count: 0 };

    /// <summary>Puts the changes beside the rows that are there.</summary>
    /// <param name="result">What the service's program tells.</param>
    /// <param name="counts">Rows by table; tables that could not be counted are missing.</param>
    public static RehearsalDiff Of(RehearsalResult result, IReadOnlyDictionary<string, TableCount> counts)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(counts);
        return new RehearsalDiff(
            result,
            [
                .. from table in result.Rows
                   orderby table.Key
                   let count = counts.GetValueOrDefault(table.Key)
                   let changes = table.Value
                   select new TableDiff(
                       table.Key,
                       count?.Rows,
                       count is null ? null : Math.Max(0, count.Rows + changes.Inserted - changes.Deleted),
                       changes.Inserted,
                       changes.Updated,
                       changes.Deleted)
                   {
                       IsEstimate = count is { IsExact: false },
                   },
            ]);
    }
}
