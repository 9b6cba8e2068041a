using Checkout.Api.Database;
using EventDriven.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Checkout.Api.Idempotency;

/// <summary>Answers a request whose idempotency key was used before.</summary>
internal sealed class FirstAnswers(CheckoutDbContext database)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The first answer for the key; null while there is none.</summary>
    public Task<StoredAnswer?> FindAsync(IdempotentCall call, CancellationToken cancellationToken) =>
        database.StoredAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.Key == call.Key, cancellationToken);

    /// <summary>
    /// The answer that everybody gets from now on, because somebody is about to get it; null while there is none. A first request that
    /// still waits for the order's end then gives this one too.
    /// </summary>
    public async Task<StoredAnswer?> FinishAsync(IdempotentCall call, CancellationToken cancellationToken)
    {
        var answer = await FindAsync(call, cancellationToken);
        return answer is { IsFinal: false } ? await FinishAsync(answer, answer.Body, cancellationToken) : answer;
    }

    /// <summary>Makes a later state of the resource the answer, unless somebody was given the former one.</summary>
    /// <returns>What everybody gets from now on.</returns>
    public async Task<StoredAnswer> FinishAsync(StoredAnswer first, byte[] body, CancellationToken cancellationToken)
    {
        await database.StoredAnswers.Where(a => a.Key == first.Key && !a.IsFinal).ExecuteUpdateAsync(
            stored => stored.SetProperty(a => a.Body, body).SetProperty(a => a.IsFinal, true), cancellationToken);
        return await database.StoredAnswers.AsNoTracking().SingleAsync(a => a.Key == first.Key, cancellationToken);
    }

    /// <summary>
    /// Takes the answer's key in the context's transaction, which also creates the answer's resource. False if the key was used before, or
    /// a long transaction is using it: then roll this one back.
    /// </summary>
    public async Task<bool> TryTakeAsync(StoredAnswer answer, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(InsertSettings.Command(), StoredAnswerInsert.Of(answer));
        try
        {
            return await batch.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    /// <summary>Repeats the first answer; 422 if it was given to another request.</summary>
    public static IResult Repeat(StoredAnswer answer, IdempotentCall call) => answer.RequestHash.AsSpan().SequenceEqual(call.Hash)
        ? new StoredAnswerResult(answer)
        : Problems.Unprocessable(
            IdempotencyKey.Header, "Was used for another request; take a new key for a new one.", CheckoutProblemCodes.KeyReused);

    /// <summary>409: the first request is still running; repeat to get its answer.</summary>
    public static IResult StillRunning() => new RetryLater(
        Problems.Conflict(
            IdempotencyKey.Header, "The first request with this key is still running.", CheckoutProblemCodes.StillRunning), RetryAfter);
}
