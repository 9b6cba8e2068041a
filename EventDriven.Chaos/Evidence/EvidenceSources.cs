namespace EventDriven.Chaos.Evidence;

/// <summary>Where a system keeps what it knows.</summary>
/// <param name="ConnectionStrings">
/// By name: <c>kafka</c> and the services' databases (<see cref="EvidenceReader.Databases"/>), as the services get them.
/// </param>
/// <param name="MailFolder">Folder of the mails; null where they are not written to files, and then no mail is checked.</param>
/// <param name="InitialStock">Available quantity by SKU when the history began (<see cref="EvidenceReader.ReadStockAsync"/>).</param>
internal sealed record EvidenceSources(
    IReadOnlyDictionary<string, string> ConnectionStrings,
    string? MailFolder,
    IReadOnlyDictionary<string, int> InitialStock);
