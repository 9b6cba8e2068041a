namespace EventDriven.Cli;

/// <summary>What a command says beside its result: one line on standard error.</summary>
/// <param name="Note">What is worth knowing, such as the entry of the audit trail.</param>
internal sealed record NoteJson(string Note);
