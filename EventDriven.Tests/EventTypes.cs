namespace EventDriven.Tests;

/// <summary>The names of the events as the outside knows them, apart from the code: a record whose name changes is another event.</summary>
internal static class EventTypes
{
    public const string OrderPlaced = "eventdriven.orders.order-placed.v1";
    public const string OrderConfirmed = "eventdriven.orders.order-confirmed.v1";
    public const string OrderRejected = "eventdriven.orders.order-rejected.v1";
    public const string OrderCancelled = "eventdriven.orders.order-cancelled.v1";
    public const string PaymentCaptured = "eventdriven.payments.payment-captured.v1";
    public const string PaymentRefused = "eventdriven.payments.payment-refused.v1";
    public const string PaymentRefunded = "eventdriven.payments.payment-refunded.v1";
    public const string StockReserved = "eventdriven.inventory.stock-reserved.v1";
    public const string StockRejected = "eventdriven.inventory.stock-rejected.v1";
    public const string StockReleased = "eventdriven.inventory.stock-released.v1";
    public const string UserSignedUp = "eventdriven.customers.user-signed-up.v1";
    public const string CustomerForgotten = "eventdriven.customers.customer-forgotten.v1";
    public const string EventsHandled = "eventdriven.receipts.events-handled.v1";
}
