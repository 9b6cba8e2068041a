namespace Notifications.Worker.Messages;

/// <summary>Names a message for ever: the same event and kind give the same id, whoever sends it and however often.</summary>
internal static class MessageId
{
    public static string Of(Guid identity, string kind) => $"{identity}.{kind}";
}
