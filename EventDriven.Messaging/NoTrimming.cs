namespace EventDriven.Messaging;

/// <summary>Why a service with messaging can't be trimmed or compiled ahead of time; see <c>docs/library/README.md</c>.</summary>
internal static class NoTrimming
{
    public const string Reason =
        "EF Core finds entities and compiles queries by reflection; so do the binding of options, the checks of "
            + "records, and JSON without a context.";
}
