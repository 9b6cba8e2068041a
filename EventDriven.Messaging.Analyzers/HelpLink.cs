namespace EventDriven.Messaging.Analyzers;

/// <summary>Where the page of a rule is.</summary>
internal static class HelpLink
{
    // Relative to the repository, which has no public address.
    private const string Base = "docs/library/analyzers/";

    public static string Of(string id) => $"{Base}{id}.md";
}
