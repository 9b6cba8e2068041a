using EventDriven.ControlRoom.Figures.Store;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.ControlRoom.Figures.Store;

/// <summary>Settings that stay as they are.</summary>
internal sealed class StoreSettings(PrometheusOptions options) : IOptionsMonitor<PrometheusOptions>
{
    public PrometheusOptions CurrentValue => options;

    public PrometheusOptions Get(string? name) => options;

    public IDisposable? OnChange(Action<PrometheusOptions, string?> listener) => null;
}
