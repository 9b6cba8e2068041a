namespace Notifications.Worker.Messages;

/// <summary>Names a message for ever: the same event and kind give the same id, whoever sends it and however often.</summary>
internal static class MessageId
{
    public static string Of(Guid identity, string kind) => $"{identity}.{kind}";

    /// <summary>The event and the kind that an id was made of; false for what is no id.</summary>
    public static bool TryParse(string id, out Guid identity, out string kind)
    {
        var parts = id.Split('.', 2);
        kind = parts[^1];
        return Guid.TryParse(parts[0], out identity) && MessageKind.All.Contains(kind);
    }
}
