using System.Text.Json;
using Checkout.Api.Database;
using Checkout.Api.Idempotency;
using Checkout.Api.Orders;
using Checkout.Api.Privacy;
using EventDriven.Contracts.Customers;
using EventDriven.Messaging;
using EventDriven.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Customers;

/// <summary>
/// Signs a customer up once: customer, key, UserSignedUp and the answer to the idempotency key, if there is one, are stored in one
/// transaction.
/// A taken address causes no database error, which the server would log.
/// </summary>
internal sealed class SignUp(
    CheckoutDbContext database, FirstAnswers answers, CustomerKeys keys, EmailIndex emails, IOutbox outbox, TimeProvider time)
{
    /// <param name="call">The idempotency key and the request's hash; null if the caller gave none.</param>
    /// <param name="request">The validated request.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    public async Task<IResult> ExecuteAsync(IdempotentCall? call, SignUpRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcTimestamp();
        var id = Guid.CreateVersion7(now);
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

        var emailHash = await emails.HashAsync(request.Email!, cancellationToken);
        var key = keys.Choose(id);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (call is not null && !await answers.TryTakeAsync(answer, cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await answers.FindAsync(call, cancellationToken) is { } first ? FirstAnswers.Repeat(first, call)
                : FirstAnswers.StillRunning();
        }

        var stored = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO customers (id, email, email_hash, name, signed_up_at)
            VALUES ({id}, {key.Key.Seal(Customer.EmailPlace, request.Email!)}, {emailHash},
                {key.Key.Seal(Customer.NamePlace, request.Name!)}, {now})
            ON CONFLICT (email_hash) DO NOTHING
            """,
            cancellationToken);
        if (stored == 0)
        {
            // The rollback also frees the key, which was used for nothing.
            return Problems.Conflict("email", "Has signed up already.", CheckoutProblemCodes.SignedUpAlready);
        }

        database.CustomerKeys.Add(key.Stored);
        outbox.Add(new UserSignedUp(id, request.Email!, request.Name!, now), now);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new StoredAnswerResult(answer);
    }
}
