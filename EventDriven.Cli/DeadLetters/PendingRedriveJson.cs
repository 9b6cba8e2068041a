namespace EventDriven.Cli.DeadLetters;

/// <summary>Dead letters of a group that have not been tried yet.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Why">Why they have not been tried.</param>
internal sealed record PendingRedriveJson(string Group, int Count, string Why);
