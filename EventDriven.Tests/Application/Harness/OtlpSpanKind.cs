namespace EventDriven.Tests.Application.Harness;

/// <summary>OTLP's numbers.</summary>
internal enum OtlpSpanKind
{
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}
