using EventDriven.Chaos.Links;

namespace EventDriven.Chaos.Faults;

/// <summary>A link between an instance and a server is in trouble.</summary>
internal sealed class TroubledLink(Link link, LinkTrouble trouble) : IFault
{
    public Task BeginAsync(CancellationToken cancellationToken)
    {
        link.Begin(trouble);
        return Task.CompletedTask;
    }

    public Task<FaultEffect> EndAsync(CancellationToken cancellationToken)
    {
        link.End();
        return Task.FromResult(new FaultEffect(
            trouble.Bytes > 0 || trouble.Connections > 0,
            $"{trouble.Bytes} bytes were late, held or lost, {trouble.Connections} connections refused or cut"));
    }
}
