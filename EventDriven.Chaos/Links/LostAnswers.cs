namespace EventDriven.Chaos.Links;

/// <summary>
/// What the client sent reaches the server, which acts on it, but the acknowledgement is lost, and with it the connection. Nobody could
/// connect any more if that happened to every answer.
/// </summary>
/// <param name="share">Share of the answers that are lost, 0 to 1.</param>
/// <param name="random">Draws which.</param>
internal sealed class LostAnswers(double share, Random random) : LinkTrouble
{
    private readonly Lock _gate = new();

    public override ValueTask<bool> PassAsync(LinkPassage passage, CancellationToken cancellationToken)
    {
        if (!passage.IsAnswer || !IsLost())
        {
            return ValueTask.FromResult(true);
        }

        Count(passage.Bytes);
        CountCut();
        return ValueTask.FromResult(false);
    }

    private bool IsLost()
    {
        lock (_gate)
        {
            return random.NextDouble() < share;
        }
    }
}
