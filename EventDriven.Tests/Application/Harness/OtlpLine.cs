namespace EventDriven.Tests.Application.Harness;

/// <summary>A log line as a service sent it.</summary>
internal sealed record OtlpLine(string Service, string Text, string TraceId, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Reads an ExportLogsServiceRequest.</summary>
    public static IEnumerable<OtlpLine> Read(OtlpMessage request) =>
        from resource in request.Messages(1)
        let service = resource.Messages(1).Single().Attributes(1)["service.name"]
        from scope in resource.Messages(2)
        from line in scope.Messages(2)
        select new OtlpLine(service, line.Messages(5).Single().Text(1), line.Hex(9), line.Attributes(6));
}
