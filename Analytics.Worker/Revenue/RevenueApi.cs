using Analytics.Worker.Database;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Revenue;

/// <summary>Revenue by minute and currency, net of refunds.</summary>
internal static class RevenueApi
{
    // A week of minutes in one currency. If there are more, the newest are returned.
    private const int MaxRows = 7 * 24 * 60;

    public static void MapRevenue(this IEndpointRouteBuilder routes) => routes.MapGet("/revenue", GetAsync)
        .WithName("GetRevenue")
        .WithSummary("Revenue by minute and currency; the newest week of minutes when there is more.")
        .ProducesProblems(400, 422, 503)
        .WithExample(ApiExample.Of("currency", "EUR"));

    /// <summary>The refund of a payment that was never revenue reduces no revenue, whichever fact is read first.</summary>
    /// <param name="currency">ISO 4217 code; null for every currency.</param>
    /// <param name="from">First instant that counts; null for the beginning.</param>
    /// <param name="to">First instant that no longer counts; null for now.</param>
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
            SELECT
                date_trunc('minute', at, 'UTC') AS minute, currency, sum(captured - refunded) AS amount, sum(captured) AS captured,
                sum(refunded) AS refunded,
                count(*) FILTER (WHERE refunded = 0) AS payments, count(*) FILTER (WHERE refunded <> 0) AS refunds
            FROM (
                SELECT captured_at AS at, currency, amount AS captured, 0::numeric AS refunded FROM payments
                UNION ALL
                SELECT refunded_at, currency, 0, amount FROM refunds r
                WHERE EXISTS (SELECT FROM payments p WHERE p.order_id = r.order_id
                    AND p.provider_reference = r.provider_reference)) AS moved
            WHERE ({currency}::text IS NULL OR currency = {currency})
                AND ({from?.ToUniversalTime()}::timestamptz IS NULL OR at >= {from?.ToUniversalTime()})
                AND ({to?.ToUniversalTime()}::timestamptz IS NULL OR at < {to?.ToUniversalTime()})
            GROUP BY 1, 2 ORDER BY 1 DESC, 2 DESC LIMIT {MaxRows}
            """).ToListAsync(cancellationToken);
        minutes.Reverse();
        return TypedResults.Ok(minutes);
    }
}
