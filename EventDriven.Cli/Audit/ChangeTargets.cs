namespace EventDriven.Cli.Audit;

/// <summary>What a command changes, as it is told where that is.</summary>
[Flags]
internal enum ChangeTargets
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Kafka.</summary>
    Kafka = 1,

    /// <summary>Services' databases.</summary>
    Databases = 2,

    /// <summary>Services, by HTTP.</summary>
    Services = 4,
}
