namespace EventDriven.ControlRoom.Changes;

/// <summary>A change before it is made, as its page shows it.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Description">What would be done.</param>
/// <param name="CommandLine">The command that does the same, without the program's name.</param>
/// <param name="Action">Where the form goes.</param>
/// <param name="Cancel">The page to go back to.</param>
public sealed record ChangePreview(string Title, string Description, string CommandLine, string Action, string Cancel)
{
    /// <summary>Name of the form's field with the reason; a filter may have one that is called <c>reason</c>.</summary>
    public const string ReasonField = "because";

    /// <summary>What else the form says, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    /// <summary>What the operator should know before.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Text of the button.</summary>
    public string Button { get; init; } = "Do it";

    /// <summary>Whether it can't be undone.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Whether nothing would be changed.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Whether whoever looks may make it.</summary>
    public bool MayChange { get; init; }

    /// <summary>The reason as it was given; null at first.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it could not be made; null at first.</summary>
    public string? Error { get; init; }
}
