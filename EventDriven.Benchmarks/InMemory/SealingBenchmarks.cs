using System.Security.Cryptography;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using EventDriven.Contracts;
using EventDriven.Contracts.Orders;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Validation;

namespace EventDriven.Benchmarks.InMemory;

/// <summary>
/// What it costs to seal the e-mail address of an order of ten lines, with the key at hand, and to open it. Public and open, as
/// BenchmarkDotNet derives from it.
/// </summary>
public class SealingBenchmarks
{
    private const string Type = "eventdriven.orders.order-placed.v1";

    private readonly PersonalRecord _written = PersonalRecord.Of(typeof(OrderPlaced), JsonNamingPolicy.CamelCase, isRead: false)!;
    private readonly PersonalRecord _read = PersonalRecord.Of(typeof(Address), JsonNamingPolicy.CamelCase, isRead: true)!;
    private readonly SubjectKeyRing _ring = new(1);
    private readonly OneKey _keys;
    private readonly byte[] _plain;
    private readonly byte[] _sealed;

    public SealingBenchmarks()
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var key = new SubjectKey(id, id.ToString(), RandomNumberGenerator.GetBytes(SubjectKey.Size));
        _keys = new OneKey(key);
        _ring.Add(key.Id, key);
        var order = new OrderPlaced(
            id, id, "ada@example.com", "EUR", 99.50m, [.. Enumerable.Range(0, 10).Select(n => new OrderLine($"tea-{n}", 1, 9.95m))], now);
        _plain = JsonSerializer.SerializeToUtf8Bytes(order, ContractsJson.Default.OrderPlaced);
        _sealed = _written.Seal(Type, _plain, _keys);
    }

    [Benchmark(Description = "seal")]
    public byte[] Seal() => _written.Seal(Type, _plain, _keys);

    [Benchmark(Description = "open")]
    public int Open() => _read.Open(Type, _sealed, _ring).Data.Length;

    private sealed record Address([DataSubject] Guid CustomerId, [PersonalData] string? Email);

    private sealed class OneKey(SubjectKey key) : ISubjectKeys
    {
        public SubjectKey Of(string subject) => key;
    }
}
