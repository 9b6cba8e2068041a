namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>A page of a list of dead letters.</summary>
/// <param name="Limit">Maximum number of dead letters.</param>
/// <param name="After">Number of the last one of the page before; 0 for the first page.</param>
public sealed record DeadLetterPage(int Limit, long After = 0)
{
    /// <summary>Whether to list those that only wait behind another one of their key.</summary>
    public bool IncludeBlocked { get; init; }
}
