namespace EventDriven.Schemas;

/// <summary>What an updated schema must be compatible with, as in Confluent's Schema Registry.</summary>
public enum CompatibilityMode
{
    /// <summary>Nothing is checked.</summary>
    None,

    /// <summary>The updated schema admits each document of the last version: consumers are updated first.</summary>
    Backward,

    /// <summary>The last version admits each document of the updated schema: producers are updated first.</summary>
    Forward,

    /// <summary>Backward and forward.</summary>
    Full,

    /// <summary>Backward, with each earlier version.</summary>
    BackwardTransitive,

    /// <summary>Forward, with each earlier version.</summary>
    ForwardTransitive,

    /// <summary>Full, with each earlier version.</summary>
    FullTransitive,
}
