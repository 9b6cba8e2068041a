namespace EventDriven.Cli.Status;

/// <summary>How bad it is.</summary>
internal enum StatusLevel
{
    /// <summary>As it should be.</summary>
    Green,

    /// <summary>Somebody has to look at it; the rest goes on.</summary>
    Yellow,

    /// <summary>It doesn't do its work.</summary>
    Red,
}
