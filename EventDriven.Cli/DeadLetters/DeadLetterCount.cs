using EventDriven.Messaging.Operations.DeadLetters;

namespace EventDriven.Cli.DeadLetters;

/// <summary>Describes the number of chosen dead letters, before they are changed.</summary>
internal static class DeadLetterCount
{
    /// <summary>Such as <c>12 dead letters of 3 keys in group inventory, 1 dead letter of 1 key in group checkout</c>.</summary>
    public static string Describe(IEnumerable<ChosenDeadLetters> chosen) => string.Join(
        ", ",
        chosen.GroupBy(c => c.Group, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            $"{Of(group.Sum(c => c.Count), "dead letter")} {Keys(group.Count(c => c.HasKey), group.Count(c => !c.HasKey))} in group "
            + $"{group.Key}"));

    public static string Of(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Keys(int keys, int without) => (keys, without) switch
    {
        (0, _) => "without a key",
        (_, 0) => $"of {Of(keys, "key")}",
        _ => $"of {Of(keys, "key")} ({without} without one)",
    };
}
