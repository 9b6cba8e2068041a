namespace EventDriven.Tests.Application.Harness;

/// <summary>An order as Checkout answers it.</summary>
internal sealed record OrderView(Guid Id, string State, decimal Total, IReadOnlyList<OrderView.Step> History)
{
    internal sealed record Step(string State, DateTimeOffset At);

    public IEnumerable<string> States => History.Select(step => step.State);
}
