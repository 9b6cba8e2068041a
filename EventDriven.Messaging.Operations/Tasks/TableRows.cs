namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Number of rows of a table of a read model.</summary>
/// <param name="Before">In the old read model.</param>
/// <param name="After">In the new read model.</param>
public sealed record TableRows(long Before, long After);
