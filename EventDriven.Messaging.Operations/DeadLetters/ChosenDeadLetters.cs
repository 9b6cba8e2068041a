namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>
/// Dead letters of one key that a filter has chosen. They are counted before the operator is asked, and then exactly these are changed.
/// </summary>
/// <param name="Group">Consumer group.</param>
/// <param name="HasKey">Whether they have a key. A dead letter without a key is chosen by itself.</param>
/// <param name="Ids">Their numbers, oldest first. For a redrive, only that of the oldest one.</param>
/// <param name="Count">How many they are. For a redrive, with those that the oldest one blocks.</param>
public sealed record ChosenDeadLetters(string Group, bool HasKey, IReadOnlyList<long> Ids, int Count)
{
    /// <summary>Such as <c>12 dead letters of 3 keys in group inventory, 1 dead letter of 1 key in group checkout</c>.</summary>
    public static string Describe(IEnumerable<ChosenDeadLetters> chosen) => string.Join(
        ", ",
        chosen.GroupBy(c => c.Group, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            $"{Counted(group.Sum(c => c.Count), "dead letter")} {Keys(group.Count(c => c.HasKey), group.Count(c => !c.HasKey))} in group "
            + $"{group.Key}"));

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Keys(int keys, int without) => (keys, without) switch
    {
        (0, _) => "without a key",
        (_, 0) => $"of {Counted(keys, "key")}",
        _ => $"of {Counted(keys, "key")} ({without} without one)",
    };
}
