namespace EventDriven.ControlRoom.Flow;

/// <summary>Names of the places in the page that tiles and nodes lead to.</summary>
internal static class Anchors
{
    public static string Service(string name) => $"service-{name}";

    public static string Topic(string name) => $"topic-{name}";

    public static string Group(string name) => $"group-{name}";
}
