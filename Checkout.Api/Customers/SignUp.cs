using System.Text.Json;
using Checkout.Api.Callers;
using Checkout.Api.Database;
using Checkout.Api.Idempotency;
using Checkout.Api.Orders;
using EventDriven.Contracts.Customers;
using EventDriven.Messaging;
using EventDriven.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Customers;

/// <summary>
/// Signs a customer up once: customer, UserSignedUp and the answer to the idempotency key, if there is one, are stored in one transaction.
/// A taken address causes no database error, which the server would log.
/// </summary>
internal sealed class SignUp(CheckoutDbContext database, FirstAnswers answers, IOutbox outbox, TimeProvider time)
{
    /// <param name="call">The idempotency key and the request's hash; null if the caller gave none.</param>
    /// <param name="request">The validated request.</param>
    /// <param name="caller">A customer keeps the id by which the identity provider knows it.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    public async Task<IResult> ExecuteAsync(
        IdempotentCall? call, SignUpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcTimestamp();
        var id = caller.Customer ?? Guid.CreateVersion7(now);
        var answer = new StoredAnswer
        {
            Key = call?.Key ?? "",
            RequestHash = call?.Hash ?? [],
            ResourceId = id,
            Status = StatusCodes.Status201Created,
            Location = "",
            Body = JsonSerializer.SerializeToUtf8Bytes(new SignUpAnswer(id), CheckoutJson.Default.SignUpAnswer),
            IsFinal = true,
            CreatedAt = now,
        };

        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (call is not null && !await answers.TryTakeAsync(answer, cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await answers.FindAsync(call, cancellationToken) is { } first ? FirstAnswers.Repeat(first, call)
                : FirstAnswers.StillRunning();
        }

        var stored = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO customers (id, email, normalized_email, name, signed_up_at)
            VALUES ({id}, {request.Email}, {EmailAddress.Normalize(request.Email!)}, {request.Name}, {now})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        if (stored == 0)
        {
            // The rollback also frees the key, which was used for nothing.
            var isAddress = await database.Customers.AnyAsync(
                customer => customer.NormalizedEmail == EmailAddress.Normalize(request.Email!), cancellationToken);
            return Problems.Conflict(
                isAddress ? "email" : "customerId", "Has signed up already.", CheckoutProblemCodes.SignedUpAlready);
        }

        outbox.Add(new UserSignedUp(id, request.Email!, request.Name!, now), now);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new StoredAnswerResult(answer);
    }
}
