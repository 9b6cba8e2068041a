using System.Text.Json;
using Checkout.Api.Callers;
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
    private const int Attempts = 3;

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

        var emailHash = await emails.HashAsync(request.Email!, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var key = keys.Choose(id);
            if (await TryExecuteAsync(call, request, answer, key, emailHash, cancellationToken) is { } result)
            {
                return result;
            }

            // The customer has ordered before, which made a key, or was forgotten.
            if (!await keys.RefreshAsync(key, cancellationToken))
            {
                return Problems.Conflict(
                    "customerId",
                    "The customer was forgotten, and can't sign up under this id again.",
                    CheckoutProblemCodes.CustomerForgotten);
            }

            if (attempt == Attempts)
            {
                return FirstAnswers.StillRunning();
            }
        }
    }

    /// <summary>Null, and nothing is stored, if the key is not the customer's.</summary>
    private async Task<IResult?> TryExecuteAsync(
        IdempotentCall? call,
        SignUpRequest request,
        StoredAnswer answer,
        OpenKey key,
        byte[] emailHash,
        CancellationToken cancellationToken)
    {
        var (id, now) = (answer.ResourceId, answer.CreatedAt);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (call is not null && !await answers.TryTakeAsync(answer, cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await answers.FindAsync(call, cancellationToken) is { } first ? FirstAnswers.Repeat(first, call)
                : FirstAnswers.StillRunning();
        }

        if (!await keys.TryStoreAsync(key, cancellationToken))
        {
            return null;
        }

        var stored = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO customers (id, email, email_hash, name, signed_up_at)
            VALUES ({id}, {key.Key.Seal(Customer.EmailPlace, request.Email!)}, {emailHash},
                {key.Key.Seal(Customer.NamePlace, request.Name!)}, {now})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        if (stored == 0)
        {
            // The rollback also frees the key, which was used for nothing.
            var isAddress = await database.Customers.AnyAsync(customer => customer.EmailHash == emailHash, cancellationToken);
            return Problems.Conflict(
                isAddress ? "email" : "customerId", "Has signed up already.", CheckoutProblemCodes.SignedUpAlready);
        }

        outbox.Add(new UserSignedUp(id, request.Email!, request.Name!, now), now);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        keys.Committed(key);
        return new StoredAnswerResult(answer);
    }
}
