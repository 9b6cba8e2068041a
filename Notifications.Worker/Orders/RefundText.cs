using Notifications.Worker.Messages;

namespace Notifications.Worker.Orders;

/// <summary>The sentence about refunds in the mail about an ended order.</summary>
internal static class RefundText
{
    /// <summary>The sentence, with a leading space. Empty if nothing was paid, or if the event is older than this field.</summary>
    public static string Of(decimal? refundDue, string? currency) => refundDue is > 0 && currency is not null
        ? $" The {Money.Text(refundDue.Value, currency)} that you have paid will be returned to you; we will write again when that is done."
        : "";
}
