namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>Section <c>ControlRoom</c>: the metrics store from which the figures of more than an hour come.</summary>
internal sealed class PrometheusOptions
{
    public const string Section = "ControlRoom";

    /// <summary>Base address of a store that has Prometheus's HTTP API; null for none.</summary>
    public Uri? Prometheus { get; set; }

    /// <summary>The bearer token that it asks for; null for none. A changed one is used by the next query, without a restart.</summary>
    public string? PrometheusToken { get; set; }

    /// <summary>
    /// Label matchers, separated by commas, of this system's series among those of others, such as <c>deployment_environment="live"</c>;
    /// null when the store has no others.
    /// </summary>
    public string? PrometheusMatchers { get; set; }
}
