namespace EventDriven.Chaos.Samples;

/// <summary>What a series of samples measures, and so what is much.</summary>
internal enum SampleKind
{
    /// <summary>Resident memory of a process, in MiB.</summary>
    Memory,

    /// <summary>Open file descriptors of a process.</summary>
    Handles,

    /// <summary>Threads of a process.</summary>
    Threads,

    /// <summary>Connections of a role on PostgreSQL.</summary>
    Connections,

    /// <summary>Rows of a table.</summary>
    Rows,

    /// <summary>Size of a table with its indexes, in MiB.</summary>
    Size,

    /// <summary>Rows of a table that keeps facts: more orders have more of them.</summary>
    RecordRows,

    /// <summary>Size of a table that keeps facts, in MiB.</summary>
    RecordSize,
}
