using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Load;

/// <summary>A request that was sent, and what came of it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Operation">As it stands in the history.</param>
/// <param name="IsFinal">Whether its client knows what became of it and has no reason to send it again.</param>
/// <param name="Total">What the order costs, if it is one.</param>
internal sealed record ClientAnswer(ClientRequest Request, Operation Operation, bool IsFinal, decimal? Total);
