using System.Text.Json;

namespace EventDriven.Schemas.Rules;

/// <summary>The sentence that says what a difference is, and what follows.</summary>
internal static class Wording
{
    private const int LongestFragment = 60;

    public static string Changed(string what, JsonElement old, JsonElement updated, Breaks breaks) =>
        $"{Change(what, old, updated)}{Consequence(breaks)}.";

    public static string NotProven(Breaks breaks) =>
        $"It can't be proven that each value of one schema is admitted by the other{Consequence(breaks)}.";

    private static string Change(string what, JsonElement old, JsonElement updated) => (IsThere(old), IsThere(updated)) switch
    {
        (false, true) => $"{what} was added{Quoted(" as ", updated)}",
        (true, false) => $"{what} was removed{Quoted(", which was ", old)}",
        _ when Quoted("", old) is { Length: > 0 } before && Quoted("", updated) is { Length: > 0 } after =>
            $"{what} was changed from {before} to {after}",
        _ => $"{what} was changed",
    };

    private static string Consequence(Breaks breaks) => breaks switch
    {
        { Backward: true, Forward: true } => ", so each schema refuses values that the other one admits",
        { Backward: true } => ", so the new schema refuses values that the old one admits",
        { Forward: true } => ", so the old schema refuses values that the new one admits",
        _ => ", which breaks nobody",
    };

    private static bool IsThere(JsonElement element) => element.ValueKind != JsonValueKind.Undefined;

    private static string Quoted(string before, JsonElement element) =>
        IsThere(element) && JsonText.Of(element) is { Length: <= LongestFragment } text ? before + text : "";
}
