namespace EventDriven.Cli.DeadLetters;

/// <summary>A header of a record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">UTF-8 text, else base64: and the bytes in base64.</param>
internal sealed record HeaderJson(string Name, string Value);
