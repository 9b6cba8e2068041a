namespace EventDriven.Cli.Tables;

/// <summary>What a column holds, which determines how it may be shortened.</summary>
internal enum ColumnKind
{
    /// <summary>A name or a state, left-aligned. Not shortened, as long as the table fits.</summary>
    Word,

    /// <summary>A number, right-aligned. Not shortened, like a word.</summary>
    Number,

    /// <summary>An id or a key. Shortened to its last characters.</summary>
    Id,

    /// <summary>An event type. Shortened to its name and version.</summary>
    Type,

    /// <summary>Prose. Takes the remaining width, and loses its end.</summary>
    Text,
}
