using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>What the handler does after it has written its effect; by default nothing.</summary>
internal sealed class NoteBehaviour
{
    public Func<EventContext<Noted>, CancellationToken, Task> Run { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What a handler of several events at once announces, after all else.</summary>
    public Action<IReadOnlyList<EventContext<Noted>>, IOutbox> Announce { get; init; } = (_, _) => { };
}
