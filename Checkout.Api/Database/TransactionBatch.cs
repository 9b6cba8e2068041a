using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Checkout.Api.Database;

/// <summary>Statements beside EF Core's own.</summary>
internal static class TransactionBatch
{
    /// <summary>A batch in the context's connection and, where there is one, its transaction.</summary>
    public static NpgsqlBatch CreateBatch(this CheckoutDbContext database, params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(
            (NpgsqlConnection)database.Database.GetDbConnection(),
            (NpgsqlTransaction?)database.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
