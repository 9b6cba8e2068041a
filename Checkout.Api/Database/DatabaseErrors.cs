using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Checkout.Api.Database;

/// <summary>What a failed save was about.</summary>
internal static class DatabaseErrors
{
    /// <summary>Whether the save failed because a row with this key is there already.</summary>
    public static bool IsDuplicateOn(this DbUpdateException exception, string table) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } postgres && postgres.TableName == table;
}
