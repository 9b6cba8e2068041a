namespace EventDriven.Cli.DeadLetters;

/// <summary>A dead letter in full. Personal data is sealed, as it was on the log.</summary>
/// <param name="DeadLetter">What a list has of it.</param>
/// <param name="Headers">Headers of the record.</param>
/// <param name="Data">Data of the record: UTF-8 text, else base64: and the bytes in base64; null when it has none.</param>
/// <param name="Stack">Stack of the exception.</param>
internal sealed record DeadLetterDetailsJson(DeadLetterJson DeadLetter, IReadOnlyList<HeaderJson> Headers, string? Data, string? Stack);
