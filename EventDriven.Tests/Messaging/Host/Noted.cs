using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Host;

[Event(Type)]
internal sealed record Noted(string Key, int Number, string? Text = null)
{
    public const string Type = "test.notes.number-noted.v1";
}
