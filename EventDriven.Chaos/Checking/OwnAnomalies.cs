using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking;

/// <summary>
/// An application that others use, too, has what they left: only what is about an order or a customer of the run's own counts there.
/// </summary>
internal static class OwnAnomalies
{
    // Ids are 36 characters, whatever stands around them.
    private const int IdLength = 36;
    private const int FirstDash = 8;

    /// <summary>Those that name an order or a customer of an operation.</summary>
    public static IReadOnlyList<Anomaly> Of(IEnumerable<Anomaly> anomalies, IEnumerable<Operation> operations)
    {
        var own = operations.SelectMany(operation => (Guid?[])[operation.OrderId, operation.CustomerId]).OfType<Guid>()
            .Where(id => id != Guid.Empty).Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. anomalies.Where(anomaly => anomaly.History.Append(anomaly.What).Any(line => Mentions(line, own)))];
    }

    private static bool Mentions(string line, HashSet<string> ids)
    {
        var lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i + IdLength <= line.Length; i++)
        {
            if (line[i + FirstDash] == '-' && lookup.Contains(line.AsSpan(i, IdLength)))
            {
                return true;
            }
        }

        return false;
    }
}
