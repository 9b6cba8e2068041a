using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Consumer;

namespace EventDriven.Tests.Messaging;

/// <summary>A list whose elements are declared as not null contains none: else the handler would fail, and be tried again, for data that no schema admits.</summary>
public sealed class ListElementsTests
{
    [Theory]
    [InlineData("""{ "names": ["a", null] }""", "Names")]
    [InlineData("""{ "lines": [null] }""", "Lines")]
    [InlineData("""{ "lines": [{ "tags": [null] }] }""", "Lines")]
    [InlineData("""{ "basket": { "lines": [null] } }""", "Lines")]
    public void Null_in_a_list_is_unreadable(string data, string list)
    {
        var exception = Assert.Throws<UnreadableEventException>(() => Read(data));

        Assert.Equal($"The data is not a {nameof(Ordered)}: {list} contains null.", exception.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "names": [], "lines": null, "basket": null }""")]
    [InlineData("""{ "names": ["a"], "lines": [{ "tags": ["b"] }], "basket": { "lines": [{}] }, "counts": [1] }""")]
    [InlineData("""{ "notes": [null], "sizes": [null] }""")]
    public void What_is_declared_is_read(string data) => Assert.IsType<EventContext<Ordered>>(Read(data));

    private static object Read(string data) => EventBinding
        .Of<Ordered, NoHandler>((JsonTypeInfo<Ordered>)JsonSerializerOptions.Web.GetTypeInfo(typeof(Ordered)))
        .Read(Encoding.UTF8.GetBytes(data), null!);

    private sealed record Ordered(
        IReadOnlyList<string>? Names, Line[]? Lines, Basket? Basket, IReadOnlyList<string?>? Notes, IReadOnlyList<int>? Counts, IReadOnlyList<int?>? Sizes);

    private sealed record Basket(IReadOnlyList<Line>? Lines, Basket? Next = null);

    private sealed record Line(IReadOnlyList<string>? Tags);

    private sealed class NoHandler : IEventHandler<Ordered>
    {
        public Task HandleAsync(EventContext<Ordered> context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
