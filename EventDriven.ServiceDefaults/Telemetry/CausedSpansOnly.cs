using System.Diagnostics;
using OpenTelemetry.Trace;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>
/// Records spans that a request or an event caused. A client call without a parent is housekeeping (the relay's polling, a health check);
/// traces of such single spans would bury the others.
/// </summary>
internal sealed class CausedSpansOnly : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind is ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
