using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EventDriven.ServiceDefaults.Database;

/// <summary>What EF Core says about failures.</summary>
internal static class DatabaseLogs
{
    /// <summary>
    /// A lost race and a repeated key are found by the database's refusal, and handled; an outage is answered with 503, or outlived. What isn't handled is
    /// logged where it ends, once, instead of by each layer that it passes through.
    /// </summary>
    public static void Quiet(WarningsConfigurationBuilder warnings) => warnings.Log(
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
        (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.TransactionError, LogLevel.Debug),
        (RelationalEventId.CommandError, LogLevel.Debug));
}
