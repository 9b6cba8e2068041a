namespace EventDriven.Chaos.Links;

/// <summary>Bytes that are to be sent on.</summary>
/// <param name="Direction">Whose they are.</param>
/// <param name="Bytes">How many.</param>
/// <param name="IsAnswer">
/// Whether they come from the server after the client's bytes were delivered to it: an acknowledgement, for all that the link knows.
/// </param>
internal readonly record struct LinkPassage(LinkDirection Direction, int Bytes, bool IsAnswer);
