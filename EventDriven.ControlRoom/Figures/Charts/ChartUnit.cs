namespace EventDriven.ControlRoom.Figures.Charts;

/// <summary>What the numbers of a chart are.</summary>
public enum ChartUnit
{
    /// <summary>Events/s.</summary>
    PerSecond,

    /// <summary>A number of events.</summary>
    Events,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>An amount of money.</summary>
    Money,
}
