using Checkout.Api.Orders;

namespace EventDriven.Tests.Checkout.Payments;

/// <summary>
/// The webhook's answers as docs/architecture.md defines them: for each state of the order and each notice its status, its reason and its
/// event.
/// </summary>
public static class WebhookTable
{
    private const string Captured = "payment-captured";
    private const string Refused = "payment-refused";

    private static readonly Dictionary<Notice, (int Status, string? Reason, string? Fact)> Open = new()
    {
        [Notice.Whole] = (200, null, Captured),
        [Notice.Part] = (200, null, Captured),
        [Notice.Rest] = (200, null, Captured),
        [Notice.Beyond] = (409, "exceeds-total", Refused),
        [Notice.Repeated] = (200, null, null),
        [Notice.RepeatedRefused] = (409, "exceeds-total", null),
        [Notice.OtherAmount] = (409, null, null),
        [Notice.OtherOrder] = (409, null, null),
        [Notice.OtherCurrency] = (422, null, null),
    };

    /// <summary>State, notice, status, reason in the answer, and what is announced.</summary>
    public static TheoryData<string, Notice, int, string?, string?> Rows()
    {
        var rows = new TheoryData<string, Notice, int, string?, string?>();
        foreach (var state in Enum.GetValues<OrderState>())
        {
            foreach (var (notice, (status, reason, fact)) in Open)
            {
                if (state is OrderState.Rejected or OrderState.Cancelled
                    && notice is Notice.Whole or Notice.Part or Notice.Rest or Notice.Beyond or Notice.RepeatedRefused)
                {
                    rows.Add($"{state}", notice, 409, state == OrderState.Rejected ? "order-rejected" : "order-cancelled",
                        notice == Notice.RepeatedRefused ? null : Refused);
                }
                else
                {
                    rows.Add($"{state}", notice, status, reason, fact);
                }
            }
        }

        return rows;
    }
}
