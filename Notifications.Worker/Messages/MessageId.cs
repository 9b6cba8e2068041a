namespace Notifications.Worker.Messages;

/// <summary>The permanent id of a message: the same event and kind give the same id, for every sender and attempt.</summary>
internal static class MessageId
{
    public static string Of(Guid identity, string kind) => $"{identity}.{kind}";

    /// <summary>The event and the kind of an id; false if the id is invalid.</summary>
    public static bool TryParse(string id, out Guid identity, out string kind)
    {
        var parts = id.Split('.', 2);
        kind = parts[^1];
        return Guid.TryParse(parts[0], out identity) && MessageKind.All.Contains(kind);
    }
}
