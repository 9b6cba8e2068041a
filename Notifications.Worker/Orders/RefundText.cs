using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>What the mail about an order that has ended says about its money.</summary>
internal static class RefundText
{
    /// <summary>A sentence with a space before it; nothing when nothing was paid, or when the event is from before that was told.</summary>
    public static string Of(decimal? refundDue, string? currency) => refundDue is > 0 && currency is not null
        ? $" The {Money.Text(refundDue.Value, currency)} that you have paid will be returned to you; we will write again when that is done."
        : "";
}
