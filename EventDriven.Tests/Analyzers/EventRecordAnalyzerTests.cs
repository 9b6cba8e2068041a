using EventDriven.Messaging.Analyzers.CodeFixes.Events;
using EventDriven.Messaging.Analyzers.Events;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM002.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventRecordAnalyzerTests
{
    [Theory]
    [InlineData("record R { public string [|Id|] { get; set; } = \"\"; }")]
    [InlineData("record R { public string [|Id|] = \"\"; }")]
    [InlineData("record R(List<string> [|Ids|]);")]
    [InlineData("record R(string[] [|Ids|]);")]
    [InlineData("record R(IDictionary<string, int> [|Counts|]);")]
    [InlineData("record struct R(string [|Id|]);")]
    public Task What_can_change_is_reported(string declaration) =>
        AnalyzerCheck<EventRecordAnalyzer>.VerifyAsync($"[Event(\"shop.orders.order-placed.v1\")] public {declaration}");

    [Theory]
    [InlineData("record R(string Id, IReadOnlyList<string> Ids, IReadOnlyDictionary<string, int> Counts);")]
    [InlineData("record R { public required string Id { get; init; } }")]
    [InlineData("record R(string Id) { public static int Made; public const int Most = 3; public int Length => Id.Length; }")]
    [InlineData("record R(string Id) { private List<string> _ids = []; public string Text { get; private set; } = \"\"; }")]
    [InlineData("record R(byte[] Picture, System.Collections.Immutable.ImmutableArray<int> Counts);")]
    [InlineData("readonly record struct R(string Id);")]
    public Task What_can_not_change_is_not_reported(string declaration) =>
        AnalyzerCheck<EventRecordAnalyzer>.VerifyAsync($"[Event(\"shop.orders.order-placed.v1\")] public {declaration}");

    [Fact]
    public Task A_part_of_an_event_is_part_of_the_fact() => AnalyzerCheck<EventRecordAnalyzer>.VerifyAsync(
        """
        [Event("shop.orders.order-placed.v1")] public record R(IReadOnlyList<Line> Lines);
        public record Line(Price Price) { public int [|Quantity|] { get; set; } }
        public record Price { public decimal [|Amount|] { get; set; } }
        """);

    [Fact]
    public Task What_is_no_part_of_an_event_may_change() => AnalyzerCheck<EventRecordAnalyzer>.VerifyAsync(
        "public record Basket(List<string> Ids) { public string Id { get; set; } = \"\"; }");

    [Theory]
    [InlineData("string [|Id|] { get; set; } = \"\";", "string Id { get; init; } = \"\";")]
    [InlineData("List<string> [|Ids|] { get; init; } = [];", "IReadOnlyList<string> Ids { get; init; } = [];")]
    [InlineData("string[]? [|Ids|] { get; init; }", "IReadOnlyList<string>? Ids { get; init; }")]
    public Task The_fix_makes_it_constant(string member, string mended) => FixCheck<EventRecordAnalyzer, EventRecordFix>.VerifyAsync(
        $"#nullable enable\n[Event(\"shop.orders.order-placed.v1\")] public record R {{ public {member} }}",
        $"#nullable enable\n[Event(\"shop.orders.order-placed.v1\")] public record R {{ public {mended} }}");

    [Fact]
    public Task The_fix_makes_a_parameter_read_only() => FixCheck<EventRecordAnalyzer, EventRecordFix>.VerifyAsync(
        "[Event(\"shop.orders.order-placed.v1\")] public record R(Dictionary<string, int> [|Counts|]);",
        "[Event(\"shop.orders.order-placed.v1\")] public record R(IReadOnlyDictionary<string, int> Counts);");
}
