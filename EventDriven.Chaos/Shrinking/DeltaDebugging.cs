namespace EventDriven.Chaos.Shrinking;

/// <summary>
/// Finds a short part of a list of faults that still fails: ddmin, from A. Zeller and R. Hildebrandt, "Simplifying and Isolating
/// Failure-Inducing Input" (2002). Halves are tried first, then ever smaller parts and what is left without each.
/// </summary>
/// <param name="failsAsync">Tries some of the faults, in their order.</param>
/// <param name="mostTries">After so many tries, what is the shortest by then has to do.</param>
internal sealed class DeltaDebugging(Func<IReadOnlyList<int>, CancellationToken, Task<bool>> failsAsync, int mostTries)
{
    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);

    /// <summary>How many tries there were.</summary>
    public int Tries { get; private set; }

    /// <summary>The shortest part that was found.</summary>
    /// <param name="failing">All faults, which fail together.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<int>> ShortestAsync(IReadOnlyList<int> failing, CancellationToken cancellationToken)
    {
        var (shortest, count) = (failing, 2);
        while (shortest.Count > 1 && Tries < mostTries)
        {
            var parts = Split(shortest, count);
            if (await FirstFailingAsync(parts, cancellationToken) is { } part)
            {
                (shortest, count) = (part, 2);
            }
            else if (await FirstFailingAsync(parts.Select(part => Without(shortest, part)), cancellationToken) is { } rest)
            {
                (shortest, count) = (rest, Math.Max(count - 1, 2));
            }
            else if (count == shortest.Count)
            {
                break;
            }
            else
            {
                count = Math.Min(2 * count, shortest.Count);
            }
        }

        return shortest;
    }

    private static List<IReadOnlyList<int>> Split(IReadOnlyList<int> faults, int count) =>
        [.. Enumerable.Range(0, count).Select(part => (IReadOnlyList<int>)
            [.. faults.Skip(part * faults.Count / count).Take(((part + 1) * faults.Count / count) - (part * faults.Count / count))])];

    private static IReadOnlyList<int> Without(IReadOnlyList<int> faults, IReadOnlyList<int> part) => [.. faults.Except(part)];

    private async Task<IReadOnlyList<int>?> FirstFailingAsync(
        IEnumerable<IReadOnlyList<int>> lists, CancellationToken cancellationToken)
    {
        foreach (var list in lists)
        {
            // With two parts, each is what is left without the other.
            if (!_tried.Add(string.Join(',', list)))
            {
                continue;
            }

            if (Tries == mostTries)
            {
                return null;
            }

            Tries++;
            if (await failsAsync(list, cancellationToken))
            {
                return list;
            }
        }

        return null;
    }
}
