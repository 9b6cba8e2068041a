namespace EventDriven.Tests.Application.Harness;

/// <summary>A measurement as a service sent it; a histogram's value is the number of its measurements.</summary>
internal sealed record OtlpPoint(string Service, string Metric, double Value, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Reads an ExportMetricsServiceRequest.</summary>
    public static IEnumerable<OtlpPoint> Read(OtlpMessage request) =>
        from resource in request.Messages(1)
        let service = resource.Messages(1).Single().Attributes(1)["service.name"]
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from point in Numbers(metric).Concat(Histograms(metric))
        select new OtlpPoint(service, metric.Text(1), point.Value, point.Attributes);

    // Gauges and sums.
    private static IEnumerable<(double Value, IReadOnlyDictionary<string, string> Attributes)> Numbers(OtlpMessage metric) =>
        from data in metric.Messages(5).Concat(metric.Messages(7))
        from point in data.Messages(1)
        select (point.Has(6) ? (long)point.Number(6) : BitConverter.UInt64BitsToDouble(point.Number(4)), point.Attributes(7));

    private static IEnumerable<(double Value, IReadOnlyDictionary<string, string> Attributes)> Histograms(OtlpMessage metric) =>
        from data in metric.Messages(9)
        from point in data.Messages(1)
        select ((double)point.Number(4), point.Attributes(9));
}
