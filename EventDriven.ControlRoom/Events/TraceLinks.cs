using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.Events;

/// <summary>Where a trace is shown, when the dashboard's address is configured.</summary>
internal sealed class TraceLinks(IOptions<DashboardOptions> options)
{
    /// <summary>Address of a trace in the dashboard; null if there is none.</summary>
    public string? Of(string? traceId) => traceId is not null && options.Value.Dashboard is { } dashboard
        ? new Uri(dashboard, $"/traces/detail/{traceId}").AbsoluteUri
        : null;
}
