namespace EventDriven.Messaging.Health;

/// <summary>Something that is wrong with a topic.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Text">What is wrong, why that matters, and the words to write.</param>
internal sealed record TopicFault(string Topic, string Text);
