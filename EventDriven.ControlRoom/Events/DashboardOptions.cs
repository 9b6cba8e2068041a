namespace EventDriven.ControlRoom.Events;

/// <summary>Section <c>ControlRoom</c>: where the Aspire dashboard is.</summary>
internal sealed class DashboardOptions
{
    public const string Section = "ControlRoom";

    /// <summary>Address of the Aspire dashboard, to which traces are linked; null for no links.</summary>
    public Uri? Dashboard { get; set; }
}
