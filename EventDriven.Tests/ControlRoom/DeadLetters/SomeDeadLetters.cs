using System.Text;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Tests.ControlRoom.DeadLetters;

/// <summary>Dead letters that are valid as they stand.</summary>
internal static class SomeDeadLetters
{
    public static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static DeadLetter Failed(long id, string? data = null, DeadLetterState state = DeadLetterState.Parked) => new()
    {
        Id = id,
        Group = "inventory",
        Cluster = "cluster",
        Topic = "orders.v1",
        Partition = 3,
        Offset = id,
        Key = $"order-{id}",
        Type = "eventdriven.orders.order-placed.v1",
        Time = Now.AddMinutes(-5),
        Headers = "[]",
        Data = data is null ? null : Encoding.UTF8.GetBytes(data),
        Reason = DeadLetterReason.Failed,
        ErrorType = "System.InvalidOperationException",
        ErrorMessage = "<b>no stock</b>",
        Attempts = 5,
        FirstFailedAt = Now.AddMinutes(-4),
        State = state,
        ChangedBy = "inventory",
        ChangedAt = Now.AddMinutes(-4),
    };
}
