using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Chaos.Inside;

/// <summary>
/// Lets handlers fail: before they are called, or when all that they did is saved and about to be committed, where they may be late
/// instead. Requests and the outbox's relay have the same database, and none of it.
/// </summary>
internal sealed class HandlerFaults(InstructionFile instructions, IReadOnlyList<Type> contexts) : DbTransactionInterceptor
{
    /// <summary>Noted when a handler has failed before its effect.</summary>
    public const string FailedBeforeEffect = "failed before its effect";

    /// <summary>Noted when a handler has failed before its effect was committed.</summary>
    public const string FailedBeforeCommit = "failed before its commit";

    /// <summary>Noted when a handler was late.</summary>
    public const string WasSlow = "was slow";

    /// <summary>How late a slow handler is.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    // What an attempt's transaction has before it, by the context that it is begun with.
    private readonly ConditionalWeakTable<DbContext, string> _ahead = [];

    /// <summary>A handler is about to be called.</summary>
    /// <param name="services">Of its attempt: the handler's database is theirs.</param>
    /// <exception cref="InjectedFailureException">It is to fail before its effect.</exception>
    public void BeginAttempt(IServiceProvider services)
    {
        var current = instructions.Current;
        var draw = Random.Shared.NextDouble();
        if ((draw -= current.FailBeforeEffect) < 0)
        {
            instructions.Note(FailedBeforeEffect);
            throw new InjectedFailureException();
        }

        var ahead = (draw -= current.FailBeforeCommit) < 0 ? FailedBeforeCommit : draw - current.Slow < 0 ? WasSlow : null;
        if (ahead is not null)
        {
            foreach (var context in contexts)
            {
                _ahead.AddOrUpdate((DbContext)services.GetRequiredService(context), ahead);
            }
        }
    }

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        // A pooled context, whose former attempt did not come to its commit.
        TakeAhead(eventData.Context);
        return base.TransactionStartedAsync(connection, eventData, result, cancellationToken);
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (TakeAhead(eventData.Context) is { } ahead)
        {
            instructions.Note(ahead);
            if (ahead == FailedBeforeCommit)
            {
                throw new InjectedFailureException();
            }

            await Task.Delay(Delay, TimeProvider.System, cancellationToken);
        }

        return result;
    }

    private string? TakeAhead(DbContext? context)
    {
        if (context is null || !_ahead.TryGetValue(context, out var ahead))
        {
            return null;
        }

        _ahead.Remove(context);
        return ahead;
    }
}
