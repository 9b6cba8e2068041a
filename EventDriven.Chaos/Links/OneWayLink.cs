namespace EventDriven.Chaos.Links;

/// <summary>Nothing comes through in one direction. It comes later, when the network is sound again, as TCP sends it again.</summary>
internal sealed class OneWayLink(LinkDirection cut) : LinkTrouble
{
    public override async ValueTask<bool> PassAsync(LinkPassage passage, CancellationToken cancellationToken)
    {
        if (passage.Direction == cut)
        {
            Count(passage.Bytes);
            await OverAsync(cancellationToken);
        }

        return true;
    }
}
