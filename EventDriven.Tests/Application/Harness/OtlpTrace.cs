namespace EventDriven.Tests.Application.Harness;

/// <summary>The spans of one trace.</summary>
internal sealed class OtlpTrace(IReadOnlyCollection<OtlpSpan> spans)
{
    private readonly ILookup<string, OtlpSpan> _children = spans.ToLookup(span => span.ParentId, StringComparer.Ordinal);
    private readonly Dictionary<string, OtlpSpan> _byId = spans.ToDictionary(span => span.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<OtlpSpan> Spans => spans;

    public OtlpSpan? Parent(OtlpSpan span) => _byId.GetValueOrDefault(span.ParentId);

    /// <summary>The tree of requests and events below a span; calls to databases and mail servers are left out.</summary>
    public string DrawBelow(string spanId) => string.Join('\n', Lines(spanId, ""));

    private IEnumerable<string> Lines(string parentId, string indent) => _children[parentId]
        .Where(span => span.Kind is OtlpSpanKind.Server or OtlpSpanKind.Producer or OtlpSpanKind.Consumer)
        .OrderBy(span => span.Service, StringComparer.Ordinal).ThenBy(span => span["event.type"], StringComparer.Ordinal)
        .SelectMany(span => Lines(span.Id, indent + "  ").Prepend($"{indent}{span.Service}: {span.Name}{Fact(span)}"));

    private static string Fact(OtlpSpan span) => span["event.type"] is { } type ? $" ({type.Split('.')[^2]})" : "";
}
