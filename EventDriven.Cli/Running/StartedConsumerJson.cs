namespace EventDriven.Cli.Running;

/// <summary>A consumer is built, has its database, and starts.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Database">Name of its database.</param>
internal sealed record StartedConsumerJson(string Project, string Database) : RunLine;
