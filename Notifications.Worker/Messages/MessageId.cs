namespace Notifications.Worker.Messages;

/// <summary>Names a message for ever: the same event and kind give the same id, whoever sends it and however often.</summary>
internal static class MessageId
{
    public static string Of(Guid eventId, string kind) => $"{eventId}.{kind}";

    /// <summary>The event and the kind that an id was made of; false for what is no id.</summary>
    public static bool TryParse(string id, out Guid eventId, out string kind)
    {
        var parts = id.Split('.', 2);
        kind = parts[^1];
        return Guid.TryParse(parts[0], out eventId) && MessageKind.All.Contains(kind);
    }
}
