namespace EventDriven.Hosting.Kafka;

/// <summary>
/// A further listener of a broker, on loopback, for clients that reach it by another address than everyone: through a proxy, for example.
/// A broker tells a client the advertised address of the listener that was asked, and the client uses that one for everything after.
/// </summary>
/// <param name="Name">Capital letters, digits and underscores.</param>
/// <param name="Port">Where the broker listens.</param>
/// <param name="Advertised">Host and port that clients are told.</param>
internal sealed record KafkaListener(string Name, int Port, string Advertised)
{
    /// <summary>Host and port where the broker listens.</summary>
    public string Bound => $"127.0.0.1:{Port}";
}
