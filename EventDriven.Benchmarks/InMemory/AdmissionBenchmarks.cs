using System.Text.Json;
using BenchmarkDotNet.Attributes;
using EventDriven.Contracts;
using EventDriven.Contracts.Orders;
using EventDriven.Messaging.Validation;

namespace EventDriven.Benchmarks.InMemory;

/// <summary>
/// What it costs a producer to check that its schema admits an event: an order of ten lines, with a rule for most members. Public and open,
/// as BenchmarkDotNet derives from it.
/// </summary>
public class AdmissionBenchmarks
{
    private readonly ValueCheck<OrderPlaced> _check = RecordChecks.OfWritten<OrderPlaced>(JsonNamingPolicy.CamelCase)!;
    private readonly OrderPlaced _order;

    public AdmissionBenchmarks()
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        _order = new OrderPlaced(
            id, id, "ada@example.com", "EUR", 99.50m, [.. Enumerable.Range(0, 10).Select(n => new OrderLine($"tea-{n}", 1, 9.95m))], now);
    }

    [Benchmark(Description = "admit")]
    public bool Admit() => _check.Find(_order) is null;

    [Benchmark(Description = "serialize")]
    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(_order, ContractsJson.Default.OrderPlaced);
}
