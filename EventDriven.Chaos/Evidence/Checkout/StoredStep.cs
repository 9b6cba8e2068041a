namespace EventDriven.Chaos.Evidence.Checkout;

/// <summary>A change of an order's state.</summary>
internal sealed record StoredStep(int Number, string State, DateTimeOffset At)
{
    /// <summary>Number, state and time, for a history.</summary>
    public override string ToString() => $"step {Number}: {State}, {At:O}";
}
