using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http.Limits;

/// <summary>
/// What a connection may cost before there is a request: size, number, and above all slowness. A client that sends or reads more slowly
/// than this loses its connection.
/// </summary>
internal sealed class ConnectionLimits(IOptions<OverloadOptions> overload, AddressConnections addresses)
    : IConfigureOptions<KestrelServerOptions>
{
    // Bytes/s after a grace period. An answer may be large, and Kestrel gives its reader the time that all of it takes at this rate.
    private const double LeastBodyRate = 1_024;
    private const double LeastAnswerRate = 4_096;
    private const int StreamsPerConnection = 100;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(2);

    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        var limits = options.Limits;
        limits.MaxConcurrentConnections = overload.Value.Connections;
        options.ConfigureEndpointDefaults(endpoint => endpoint.Use(addresses.Before));
        limits.KeepAliveTimeout = KeepAlive;
        limits.RequestHeadersTimeout = RequestLimits.HeadersDuration;
        limits.MinRequestBodyDataRate = new MinDataRate(LeastBodyRate, Grace);
        limits.MinResponseDataRate = new MinDataRate(LeastAnswerRate, Grace);
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        limits.MaxRequestBodySize = RequestLimits.BodyBytes;
        limits.MaxRequestLineSize = RequestLimits.HardFactor * RequestLimits.TargetCharacters;
        limits.MaxRequestHeadersTotalSize = RequestLimits.HardFactor * RequestLimits.HeaderBytes;
        limits.MaxRequestHeaderCount = RequestLimits.HardFactor * RequestLimits.HeaderCount;
    }
}
