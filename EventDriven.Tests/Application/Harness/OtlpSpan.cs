namespace EventDriven.Tests.Application.Harness;

/// <summary>A span as a service sent it.</summary>
internal sealed record OtlpSpan(
    string Service, string Name, OtlpSpanKind Kind, string TraceId, string Id, string ParentId,
    IReadOnlyDictionary<string, string> Attributes)
{
    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    /// <summary>Reads an ExportTraceServiceRequest.</summary>
    public static IEnumerable<OtlpSpan> Read(OtlpMessage request) =>
        from resource in request.Messages(1)
        let service = resource.Messages(1).Single().Attributes(1)["service.name"]
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new OtlpSpan(
            service, span.Text(5), (OtlpSpanKind)span.Number(6), span.Hex(1), span.Hex(2), span.Hex(4), span.Attributes(9));
}
