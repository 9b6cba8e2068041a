namespace EventDriven.Tests.Messaging.Host;

/// <summary>What a handler leaves behind; nothing in the schema keeps it from doing so twice.</summary>
internal sealed class Effect
{
    /// <summary>Order in which effects were written.</summary>
    public long Id { get; private set; }

    public required string Key { get; init; }

    public required int Number { get; init; }
}
