using EventDriven.Chaos.Evidence;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Status;

namespace EventDriven.Chaos.Scenarios;

/// <summary>Reads how far groups are behind. Not for concurrent use.</summary>
internal sealed class GroupLags(ScaledApplication application, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly StatusReader _status = new(
        [.. EvidenceReader.Databases.Select(name => new ServiceDatabase(name, application.ConnectionStrings[name]))],
        services: [],
        application.ConnectionStrings["kafka"],
        time);

    /// <summary>The state of every group and outbox now.</summary>
    public async Task<IReadOnlyList<StatusPart>> ReadAsync(CancellationToken cancellationToken) =>
        (await _status.ReadAsync(cancellationToken)).Parts;

    /// <summary>Waits until the lag of all these groups is what the condition wants, some readings in a row.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="isSo">Of the largest lag, in seconds.</param>
    /// <param name="inARow">How many readings.</param>
    /// <param name="bound">How long is waited.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How long it took, and the largest lag of the readings that were so.</returns>
    /// <exception cref="TimeoutException">It did not become so.</exception>
    public async Task<(TimeSpan Took, double Largest)> UntilAsync(
        IReadOnlyList<string> groups, Func<double, bool> isSo, int inARow, TimeSpan bound, CancellationToken cancellationToken)
    {
        var (began, count, largest, last) = (time.GetTimestamp(), 0, 0.0, (double?)null);
        while (true)
        {
            var read = (await ReadAsync(cancellationToken))
                .Where(part => part.Kind == StatusPartKind.Group && groups.Contains(part.Name)).ToList();
            last = read.Count < groups.Count ? null : Lag(read);
            if (last is { } seconds && isSo(seconds))
            {
                largest = count == 0 ? seconds : Math.Max(largest, seconds);
                if (++count == inARow)
                {
                    return (time.GetElapsedTime(began), largest);
                }
            }
            else
            {
                count = 0;
            }

            if (time.GetElapsedTime(began) > bound)
            {
                throw new TimeoutException(
                    $"The lag did not become so within {bound.TotalSeconds:0} s: "
                    + string.Join("; ", read.Select(part => $"{part.Name}, {part.Members} members: {string.Join(", ", part.Says)}")));
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    public void Dispose() => _status.Dispose();

    // Unknown while one of them is.
    private static double? Lag(List<StatusPart> groups) =>
        groups.Exists(part => part.Events is null || (part.Events > 0 && part.Seconds is null))
            ? null
            : groups.Max(part => part.Events == 0 ? 0 : part.Seconds!.Value);
}
