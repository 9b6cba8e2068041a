namespace Notifications.Worker.Privacy;

/// <summary>What Notifications reads of a problem document.</summary>
internal sealed record KeyProblem(string? Code);
