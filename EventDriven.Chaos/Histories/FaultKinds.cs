namespace EventDriven.Chaos.Histories;

/// <summary>Kinds of faults that excuse something that would be an anomaly otherwise.</summary>
internal static class FaultKinds
{
    /// <summary>A service's clock is set wrong: its times can't be compared.</summary>
    public const string ClockSkew = "clock-skew";

    /// <summary>An instance is stopped, and goes on later where it was.</summary>
    public const string PauseService = "pause-service";
}
