namespace EventDriven.Chaos.Links;

/// <summary>
/// Connections are accepted and stay open, but nothing comes through in either direction; at the end they turn out to be dead.
/// </summary>
internal sealed class HalfOpenLink : LinkTrouble
{
    public override async ValueTask<bool> AdmitAsync(CancellationToken cancellationToken)
    {
        CountCut();
        await OverAsync(cancellationToken);
        return false;
    }

    public override async ValueTask<bool> PassAsync(LinkPassage passage, CancellationToken cancellationToken)
    {
        Count(passage.Bytes);
        CountCut();
        await OverAsync(cancellationToken);
        return false;
    }
}
