using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Consumer;

/// <summary>How a group applies one event type.</summary>
internal sealed record EventBinding(Type HandlerType, ApplyEvent Apply)
{
    public static EventBinding Create<TEvent, THandler>(JsonTypeInfo<TEvent> json)
        where THandler : class, IEventHandler<TEvent> =>
        new(typeof(THandler), (scope, envelope, data, delivery, committed, cancellationToken) =>
        {
            TEvent? read;
            try
            {
                read = JsonSerializer.Deserialize(data.Span, json);
            }
            catch (JsonException exception)
            {
                throw new UnreadableEventException($"The data is not a {typeof(TEvent).Name}: {exception.Path}.", exception);
            }

            if (read is null)
            {
                throw new UnreadableEventException("The data is null.");
            }

            var context = new EventContext<TEvent>(read, envelope, delivery, committed);
            return scope.GetRequiredService<THandler>().HandleAsync(context, cancellationToken);
        });
}
