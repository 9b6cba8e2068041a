namespace EventDriven.Chaos.Links;

/// <summary>Connections are reset (TCP RST), and so is every new one.</summary>
internal sealed class ResetLink : LinkTrouble
{
    public override bool CutsAtBegin => true;

    public override ValueTask<bool> AdmitAsync(CancellationToken cancellationToken) => Refuse();

    public override ValueTask<bool> PassAsync(LinkPassage passage, CancellationToken cancellationToken)
    {
        Count(passage.Bytes);
        return Refuse();
    }

    private ValueTask<bool> Refuse()
    {
        CountCut();
        return ValueTask.FromResult(false);
    }
}
