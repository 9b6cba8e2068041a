namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>Rows of a table of a read model.</summary>
/// <param name="Before">Of the old one.</param>
/// <param name="After">Of the new one.</param>
internal sealed record TableRows(long Before, long After);
