namespace EventDriven.Messaging.Operations.Changes;

/// <summary>Who makes a change, and from where, as the program that makes it knows them.</summary>
/// <param name="Name">A user of the operating system, or the person who has logged in.</param>
/// <param name="Host">Name of the machine.</param>
public sealed record OperatorIdentity(string Name, string Host)
{
    /// <summary>Subject (<c>sub</c>) of the token that stands for the operator; null for none.</summary>
    public string? Subject { get; init; }

    /// <summary>The user of the operating system that runs this program, on this machine.</summary>
    public static OperatorIdentity OfThisProcess() => new(Environment.UserName, Environment.MachineName);
}
