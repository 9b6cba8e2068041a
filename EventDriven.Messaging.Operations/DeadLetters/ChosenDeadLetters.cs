namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>Dead letters that an operator's filter has chosen, so that what is done can't differ from what was counted.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="HasKey">Whether they are of a key; a record that has none is chosen by itself.</param>
/// <param name="Ids">Rows, oldest first: those that are discarded, or the one whose key is redriven.</param>
/// <param name="Count">How many are meant, what stands behind the oldest of a redriven key included.</param>
public sealed record ChosenDeadLetters(string Group, bool HasKey, IReadOnlyList<long> Ids, int Count);
