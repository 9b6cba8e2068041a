namespace EventDriven.Cli.Tables;

/// <summary>What a column holds, which says how it may be shortened.</summary>
internal enum ColumnKind
{
    /// <summary>A name or a state, left-aligned; whole, as long as the table fits without it.</summary>
    Word,

    /// <summary>Right-aligned; whole, like a word.</summary>
    Number,

    /// <summary>An id or a key: whole, or its last characters.</summary>
    Id,

    /// <summary>An event type: its name and version.</summary>
    Type,

    /// <summary>Prose: takes what is left, and loses its end.</summary>
    Text,
}
