namespace Notifications.Worker.Messages;

/// <summary>What a message is about; also the name of its template.</summary>
internal static class MessageKind
{
    public const string OrderReceived = "order-received";
    public const string OrderConfirmed = "order-confirmed";
    public const string OrderRejected = "order-rejected";
    public const string OrderCancelled = "order-cancelled";
    public const string PaymentReceived = "payment-received";
    public const string PaymentRefused = "payment-refused";
    public const string PaymentRefunded = "payment-refunded";
    public const string Welcome = "welcome";

    public static IReadOnlyList<string> All { get; } =
        [OrderReceived, OrderConfirmed, OrderRejected, OrderCancelled, PaymentReceived, PaymentRefused, PaymentRefunded, Welcome];
}
