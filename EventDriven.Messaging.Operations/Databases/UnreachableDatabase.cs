namespace EventDriven.Messaging.Operations.Databases;

/// <summary>A database that does not answer.</summary>
/// <param name="Name">Name of its connection string.</param>
/// <param name="Error">Why it does not answer.</param>
public sealed record UnreachableDatabase(string Name, string Error)
{
    /// <summary>What to tell an operator.</summary>
    public string Describe() =>
        $"The database {Name} does not answer ({Error}). Is PostgreSQL running, and is ConnectionStrings__{Name} right?";
}
