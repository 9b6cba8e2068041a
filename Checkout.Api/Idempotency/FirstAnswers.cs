using Checkout.Api.Database;
using EventDriven.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Checkout.Api.Idempotency;

/// <summary>What a request is answered whose idempotency key was used before.</summary>
internal sealed class FirstAnswers(CheckoutDbContext database)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The first answer to the key; null while there is none.</summary>
    public Task<StoredAnswer?> FindAsync(IdempotentCall call, CancellationToken cancellationToken) =>
        database.StoredAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.Key == call.Key, cancellationToken);

    /// <summary>
    /// Takes the key of the answer in the context's transaction, which makes what the answer tells of; false when the key was used before, or is being
    /// used by a transaction that goes on for long, and this one is to be rolled back.
    /// </summary>
    public async Task<bool> TryTakeAsync(StoredAnswer answer, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)database.Database.GetDbConnection(), (NpgsqlTransaction?)database.Database.CurrentTransaction?.GetDbTransaction())
        {
            BatchCommands = { StoredAnswerInsert.Of(answer) },
        };
        try
        {
            return await batch.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    /// <summary>The first answer again; 422 when it was given to another request.</summary>
    public static IResult Repeat(StoredAnswer answer, IdempotentCall call) => answer.RequestHash.AsSpan().SequenceEqual(call.Hash)
        ? new StoredAnswerResult(answer)
        : Problems.Unprocessable(
            IdempotencyKey.Header, "Was used for another request; take a new key for a new one.", CheckoutProblemCodes.KeyReused);

    /// <summary>409: come again for the first one's answer.</summary>
    public static IResult StillRunning() => new RetryLater(
        Problems.Conflict(IdempotencyKey.Header, "The first request with this key is still running.", CheckoutProblemCodes.StillRunning), RetryAfter);
}
