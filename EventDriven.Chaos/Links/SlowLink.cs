namespace EventDriven.Chaos.Links;

/// <summary>Every packet is late, some more than others; none overtakes another.</summary>
/// <param name="latency">How late, in each direction.</param>
/// <param name="jitter">How much earlier or later than that; not more than the latency.</param>
/// <param name="random">Draws the jitter.</param>
internal sealed class SlowLink(TimeSpan latency, TimeSpan jitter, Random random) : LinkTrouble
{
    private readonly Lock _gate = new();

    public override async ValueTask<bool> PassAsync(LinkPassage passage, CancellationToken cancellationToken)
    {
        Count(passage.Bytes);
        await Task.Delay(Next(), TimeProvider.System, cancellationToken);
        return true;
    }

    private TimeSpan Next()
    {
        lock (_gate)
        {
            return latency + (jitter * ((2 * random.NextDouble()) - 1));
        }
    }
}
