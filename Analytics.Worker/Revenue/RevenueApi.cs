using Analytics.Worker.Database;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Revenue;

/// <summary>Revenue by minute and currency.</summary>
internal static class RevenueApi
{
    // A week of minutes in one currency: the newest ones when there are more.
    private const int MaxRows = 7 * 24 * 60;

    public static void MapRevenue(this IEndpointRouteBuilder routes) => routes.MapGet("/revenue", GetAsync)
        .WithName("GetRevenue")
        .WithSummary("Revenue by minute and currency; the newest week of minutes when there is more.")
        .ProducesProblems(400, 422, 503)
        .WithExample(ApiExample.Of("currency", "EUR"));

    /// <param name="currency">ISO 4217 code; every currency when null.</param>
    /// <param name="from">First instant that counts; from the beginning when null.</param>
    /// <param name="to">First instant that no longer counts; until now when null.</param>
    /// <param name="database">The read models.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    internal static async Task<Results<Ok<List<RevenueMinute>>, ProblemHttpResult>> GetAsync(
        string? currency, DateTimeOffset? from, DateTimeOffset? to, AnalyticsDbContext database, CancellationToken cancellationToken)
    {
        if (currency is not null && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
        {
            return Problems.Unprocessable("currency", "An ISO 4217 code, such as EUR.");
        }

        if (from >= to)
        {
            return Problems.Unprocessable("to", "Must be later than 'from'.");
        }

        var minutes = await database.Database.SqlQuery<RevenueMinute>(
            $"""
            SELECT date_trunc('minute', captured_at, 'UTC') AS minute, currency, sum(amount) AS amount, count(*) AS payments
            FROM payments
            WHERE ({currency}::text IS NULL OR currency = {currency})
                AND ({from?.ToUniversalTime()}::timestamptz IS NULL OR captured_at >= {from?.ToUniversalTime()})
                AND ({to?.ToUniversalTime()}::timestamptz IS NULL OR captured_at < {to?.ToUniversalTime()})
            GROUP BY 1, 2 ORDER BY 1 DESC, 2 DESC LIMIT {MaxRows}
            """).ToListAsync(cancellationToken);
        minutes.Reverse();
        return TypedResults.Ok(minutes);
    }
}
