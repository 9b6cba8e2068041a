namespace EventDriven.Cli.Topics;

/// <summary>What was changed of the topics.</summary>
/// <param name="Changes">One for each declared topic.</param>
/// <param name="Applied">Whether there was anything to change, and it was changed.</param>
internal sealed record AppliedTopicsJson(IReadOnlyList<TopicChangeJson> Changes, bool Applied);
