namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>
/// Dead letters of one key that a filter has chosen. They are counted before the operator is asked, and then exactly these are changed.
/// </summary>
/// <param name="Group">Consumer group.</param>
/// <param name="HasKey">Whether they have a key. A dead letter without a key is chosen by itself.</param>
/// <param name="Ids">Their numbers, oldest first. For a redrive, only that of the oldest one.</param>
/// <param name="Count">How many they are. For a redrive, with those that the oldest one blocks.</param>
public sealed record ChosenDeadLetters(string Group, bool HasKey, IReadOnlyList<long> Ids, int Count);
