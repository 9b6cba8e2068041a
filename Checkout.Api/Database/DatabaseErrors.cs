using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Checkout.Api.Database;

/// <summary>Classifies failed saves.</summary>
internal static class DatabaseErrors
{
    /// <summary>Whether the save failed because a row with this key exists.</summary>
    public static bool IsDuplicateOn(this DbUpdateException exception, string table) =>
        exception.InnerException is PostgresException postgres && postgres.IsDuplicateOn(table);

    /// <summary>Whether a statement failed because a row with this key exists.</summary>
    public static bool IsDuplicateOn(this PostgresException exception, string table) =>
        exception.SqlState == PostgresErrorCodes.UniqueViolation && exception.TableName == table;
}
