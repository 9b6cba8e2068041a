using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EventDriven.ServiceDefaults.Database;

/// <summary>What EF Core logs about failures.</summary>
internal static class DatabaseLogs
{
    /// <summary>
    /// Lowers EF Core's own error logs to Debug. Lost races and repeated keys are detected by the database's error and handled; an outage
    /// is answered with 503 or retried. An exception that nobody handles is logged once, where it ends, instead of by each layer on the
    /// way.
    /// </summary>
    public static void Quiet(WarningsConfigurationBuilder warnings) => warnings.Log(
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
        (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.TransactionError, LogLevel.Debug),
        (RelationalEventId.CommandError, LogLevel.Debug));
}
