using System.Text.Json.Serialization;

namespace EventDriven.Benchmarks.Harness;

/// <summary>A figure with its target, as <c>artifacts/bench.json</c> has it. Values are medians.</summary>
internal sealed record Figure
{
    /// <summary>Benchmark, and after a slash what of it, such as <c>checkout/p99</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of <see cref="Ours"/>, <see cref="Twin"/> and <see cref="Peer"/>.</summary>
    public required string Unit { get; init; }

    public required double Ours { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Twin { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Peer { get; init; }

    /// <summary>Ours by the twin's, or by the peer's where there is no twin.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Ratio => Twin is { } twin ? Ours / twin : Peer is { } peer ? Ours / peer : null;

    /// <summary>The target, for people.</summary>
    public required string Target { get; init; }

    public required bool Met { get; init; }
}
