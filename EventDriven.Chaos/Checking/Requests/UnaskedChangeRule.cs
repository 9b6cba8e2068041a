using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>
/// Every cancellation, payment, sign-up and forgetting of the run was asked for by a request that was not refused: the fact carries its
/// correlation id. Where none was sent, a request of the kind about the same order or customer will do.
/// </summary>
internal sealed class UnaskedChangeRule() : Rule("L3")
{
    private const string ByCustomer = "customer-request";

    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var asked = run.History.Operations.Where(request => request.Outcome != Outcome.Failed).ToList();
        var correlations = CheckedRun.CorrelationIds(asked).ToHashSet(StringComparer.Ordinal);
        var refused = CheckedRun.CorrelationIds(run.History.Operations.Where(request => request.Kind == OperationKind.Pay))
            .ToHashSet(StringComparer.Ordinal);
        var subjects = asked.Where(request => request.CorrelationId.Length == 0)
            .Select(request => (request.Kind, Subject(request))).ToHashSet();
        return run.Events
            .Where(record => record.Event!.Time >= run.History.Began && Of(record.Event.Fact) is { } change && !IsAsked(record, change))
            .Select(record => Finding.Of($"{record.Event!.Name} of {record.Key} was announced, and nobody asked for it.", record));

        bool IsAsked(LoggedRecord record, (OperationKind Kind, Guid Subject) change) =>
            correlations.Contains(record.Event!.CorrelationId) || subjects.Contains(change)
            || (record.Event.Fact is PaymentRefused && refused.Contains(record.Event.CorrelationId));
    }

    private static Guid Subject(Operation request) => request.Kind is OperationKind.Cancel or OperationKind.Pay
        ? request.OrderId ?? Guid.Empty
        : request.CustomerId;

    private static (OperationKind Kind, Guid Subject)? Of(object? fact) => fact switch
    {
        OrderCancelled { Reason: ByCustomer } cancelled => (OperationKind.Cancel, cancelled.OrderId),
        PaymentCaptured captured => (OperationKind.Pay, captured.OrderId),
        PaymentRefused refused => (OperationKind.Pay, refused.OrderId),
        UserSignedUp signedUp => (OperationKind.SignUp, signedUp.CustomerId),
        CustomerForgotten forgotten => (OperationKind.Forget, forgotten.CustomerId),
        _ => null,
    };
}
