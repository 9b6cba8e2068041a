using System.Diagnostics.CodeAnalysis;

namespace EventDriven.Messaging.Hosting;

/// <summary>An event that a handler handles.</summary>
/// <param name="Record">The consumer's own record of the event.</param>
/// <param name="Name">CloudEvents <c>type</c>.</param>
/// <param name="InBatches">Whether the handler takes several events at once.</param>
internal sealed record HandledEvent(Type Record, string Name, bool InBatches)
{
    /// <summary>The events whose handler interfaces a type implements.</summary>
    /// <exception cref="InvalidOperationException">It implements none.</exception>
    /// <exception cref="ArgumentException">A record has no name, or one that is not a fact in the past tense (law L1).</exception>
    public static IReadOnlyList<HandledEvent> Of(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] Type handler)
    {
        var handled = Records(handler, typeof(IEventBatchHandler<>)).Select(record => (Record: record, InBatches: true))
            .Concat(Records(handler, typeof(IEventHandler<>)).Select(record => (Record: record, InBatches: false)))
            .DistinctBy(e => e.Record)
            .Select(e => new HandledEvent(e.Record, EventName.Of(e.Record), e.InBatches))
            .ToList();
        return handled.Count > 0 ? handled : throw new InvalidOperationException(
            $"{handler.Name} handles no event: let it implement IEventHandler<TEvent>, or IEventBatchHandler<TEvent>, "
            + "for the record of each event.");
    }

    private static IEnumerable<Type> Records(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] Type handler, Type definition) => handler.GetInterfaces()
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == definition)
        .Select(type => type.GetGenericArguments()[0]);
}
