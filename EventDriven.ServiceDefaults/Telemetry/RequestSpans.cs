using System.Buffers;
using System.Diagnostics;
using EventDriven.ServiceDefaults.Logs;
using OpenTelemetry;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>
/// Removes free text of the caller from a request's span: the query string, and a path with more than names and ids. Both may hold personal
/// data; <c>http.route</c> still identifies the call.
/// </summary>
internal sealed class RequestSpans : BaseProcessor<Activity>
{
    private const int MaxLength = 200;
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.");

    public override void OnEnd(Activity data)
    {
        if (data.Kind != ActivityKind.Server)
        {
            return;
        }

        data.SetTag("url.query", null);
        if (data.GetTagItem("url.path") is string path && (path.Length > MaxLength || path.AsSpan().ContainsAnyExcept(Plain)))
        {
            data.SetTag("url.path", data.GetTagItem("http.route"));
        }

        if (data.GetTagItem("user_agent.original") is string agent
            && (agent.Length > MaxLength || !PrintableText.Is(agent) || agent.Contains('@', StringComparison.Ordinal)))
        {
            data.SetTag("user_agent.original", null);
        }
    }
}
