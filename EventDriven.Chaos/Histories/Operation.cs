namespace EventDriven.Chaos.Histories;

/// <summary>One request, or one operator's action, and what its sender learnt of it.</summary>
/// <param name="Number">Its place in the history, from 1.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Instance">The instance that was asked, such as <c>checkout-2</c>.</param>
/// <param name="CorrelationId">Sent with the request; the events that it causes carry it. Empty where none was sent.</param>
/// <param name="CustomerId">The customer it is about; <see cref="Guid.Empty"/> where it is about none.</param>
/// <param name="OrderId">From the answer, or the order that was asked about.</param>
/// <param name="IdempotencyKey">
/// The <c>Idempotency-Key</c> that was sent with it; for <see cref="OperationKind.Pay"/> the provider's reference of the payment.
/// </param>
/// <param name="Lines">What was ordered; for <see cref="OperationKind.SetStock"/> the quantities that were set.</param>
/// <param name="Begun">When it was sent, by the sender's clock.</param>
/// <param name="Ended">When it was answered or given up, by the sender's clock.</param>
/// <param name="Outcome">What its sender knows of it.</param>
/// <param name="Status">The HTTP status of the answer; null where none came.</param>
/// <param name="AnswerHash">SHA-256 of the answer's body, in hexadecimal, by which the answers to repeats are compared.</param>
internal sealed record Operation(
    int Number,
    OperationKind Kind,
    string Instance,
    string CorrelationId,
    Guid CustomerId,
    Guid? OrderId,
    string? IdempotencyKey,
    IReadOnlyList<OperationLine> Lines,
    DateTimeOffset Begun,
    DateTimeOffset Ended,
    Outcome Outcome,
    int? Status,
    string? AnswerHash)
{
    /// <summary>An operator's action on a group, which has no request: <see cref="Instance"/> is the group.</summary>
    public static Operation OnGroup(
        int number, OperationKind kind, string group, DateTimeOffset begun, DateTimeOffset ended, Outcome outcome) => new(
        number, kind, group, CorrelationId: "", Guid.Empty, OrderId: null, IdempotencyKey: null, [], begun, ended, outcome, Status: null,
        AnswerHash: null);

    /// <summary>One line: what was asked of whom with which key, and what came of it.</summary>
    public override string ToString() =>
        $"request {Number}: {Kind} at {Instance}, {(IdempotencyKey is null ? "no key" : $"key {IdempotencyKey}")}, {Outcome} {Status}"
        + $"{(OrderId is null ? "" : $", order {OrderId}")}{(AnswerHash is null ? "" : $", answer {AnswerHash}")}, {Begun:O} to {Ended:O}";
}
