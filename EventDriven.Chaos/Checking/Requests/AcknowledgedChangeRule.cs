using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>A cancellation, a payment and a sign-up that were acknowledged are stored.</summary>
internal sealed class AcknowledgedChangeRule() : Rule("L3")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var payments = run.Evidence.Checkout.Payments.Where(payment => payment.Refusal is null).ToList();
        var taken = payments.Select(payment => payment.Reference).ToHashSet(StringComparer.Ordinal);
        var paid = payments.Select(payment => payment.OrderId).ToHashSet();
        var signedUp = run.Facts<UserSignedUp>().Select(signedUp => signedUp.Fact.CustomerId).ToHashSet();
        return run.History.Operations.Where(request => request.Outcome == Outcome.Ok && !IsStored(request))
            .Select(request => Finding.Of(
                $"{request.Kind} was acknowledged and is not stored.", request, run.Orders.GetValueOrDefault(request.OrderId ?? default)));

        bool IsStored(Operation request) => run.KindOf(request) switch
        {
            OperationKind.Cancel => request.OrderId is not { } id
                || (run.Orders.TryGetValue(id, out var order) && order.Steps.Any(step => step.State == "Cancelled")),
            OperationKind.Pay when request.IdempotencyKey is { } reference => taken.Contains(reference),
            OperationKind.Pay => request.OrderId is not { } id || paid.Contains(id),
            OperationKind.SignUp => request.CustomerId == Guid.Empty || signedUp.Contains(request.CustomerId),
            _ => true,
        };
    }
}
