namespace EventDriven.Messaging.Consuming;

/// <summary>What handlers of single events took.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Took">With what they asked the database, and saving.</param>
/// <param name="Waited">The part in which a handler did not use the database.</param>
internal sealed record HandlerTimes(int Events, TimeSpan Took, TimeSpan Waited)
{
    public static readonly HandlerTimes None = new(0, TimeSpan.Zero, TimeSpan.Zero);

    public static HandlerTimes operator +(HandlerTimes a, HandlerTimes b) => new(a.Events + b.Events, a.Took + b.Took, a.Waited + b.Waited);
}
