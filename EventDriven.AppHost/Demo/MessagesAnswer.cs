namespace EventDriven.AppHost.Demo;

/// <summary>What the demo reads of a page of messages; an order has fewer than a page of them.</summary>
internal sealed record MessagesAnswer(IReadOnlyList<MessageAnswer> Items);
