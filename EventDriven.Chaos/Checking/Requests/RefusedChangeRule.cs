using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>A cancellation, payment, sign-up or forgetting that was refused has no effect.</summary>
internal sealed class RefusedChangeRule() : Rule("L3")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        // Money that an order refuses is a fact of its own.
        var facts = run.Events
            .Where(record => record.Event!.Fact is OrderCancelled or PaymentCaptured or UserSignedUp or CustomerForgotten)
            .ToLookup(record => record.Event!.CorrelationId, StringComparer.Ordinal);
        var effects =
            from request in run.History.Operations
            where request.Outcome == Outcome.Failed && request.CorrelationId.Length > 0
                && run.KindOf(request) is OperationKind.Cancel or OperationKind.Pay or OperationKind.SignUp or OperationKind.Forget
            from record in facts[request.CorrelationId]
            select Finding.Of(
                $"{run.KindOf(request)} was refused, and {record.Event!.Name} of {record.Key} was announced.", request, record);
        return effects;
    }
}
