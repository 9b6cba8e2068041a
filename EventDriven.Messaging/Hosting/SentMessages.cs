namespace EventDriven.Messaging.Hosting;

/// <summary>What leaves the system after a commit: by the entity that stands for it, in the plural, such as <c>mails</c>.</summary>
internal sealed record SentMessages(IReadOnlyDictionary<Type, string> ByEntity);
