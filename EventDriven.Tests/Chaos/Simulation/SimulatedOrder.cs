using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Chaos.Histories;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>An order of the simulated Checkout.</summary>
internal sealed class SimulatedOrder(Guid id, Guid customer, IReadOnlyList<OperationLine> lines)
{
    private readonly List<StoredStep> _steps = [];

    public Guid Id { get; } = id;

    public decimal Total { get; } = lines.Sum(line => line.Quantity * SimulatedCheckout.Price);

    public decimal Paid { get; set; }

    public string State => _steps.Count > 0 ? _steps[^1].State : "";

    public StoredOrder Stored => new(Id, customer, State, Total, Paid, lines, [.. _steps]);

    public void Move(string state, DateTimeOffset at) => _steps.Add(new StoredStep(_steps.Count + 1, state, at));
}
