using System.Globalization;
using EventDriven.ControlRoom.Layout;
using EventDriven.ControlRoom.Live;
using EventDriven.ControlRoom.SignIn;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>Looking at dead letters.</summary>
internal static class DeadLetterEndpoints
{
    /// <summary>In an address: how many dead letters were marked for a redrive.</summary>
    public const string Redriving = "redriving";

    /// <summary>In an address: how many dead letters were discarded.</summary>
    public const string Discarded = "discarded";

    /// <summary>In an address: number of the entry of the audit trail.</summary>
    public const string Entry = "entry";

    // A page that is live counts anew at once.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    public static async Task<RazorComponentResult> ListAsync(
        HttpContext http,
        DeadLetterReader reader,
        LiveFeed<DeadLetterOverview> feed,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        // After a change, what was counted before it is no longer true.
        var notice = Notice(http.Request);
        if (notice is not null || feed.Latest is not { } overview || time.GetUtcNow() - overview.At > Fresh)
        {
            overview = await reader.OverviewAsync(cancellationToken);
            feed.Publish(overview);
        }

        var list = await reader.ListAsync(DeadLetterChoice.Of(name => http.Request.Query[name]), overview, cancellationToken);
        return new RazorComponentResult<DeadLetterListPage>(new { List = list with { Notice = notice } });
    }

    public static IResult Watch(HttpContext http, LongRequests longRequests, DeadLetterStream stream)
    {
        var choice = DeadLetterChoice.Of(name => http.Request.Query[name]);
        return LiveStream.Of(http, longRequests, DeadLetterSetup.Part, cancellationToken => stream.WatchAsync(choice, cancellationToken));
    }

    public static async Task<RazorComponentResult> FindAsync(
        string group, long id, HttpContext http, DeadLetterReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return new RazorComponentResult<DeadLetterDetailsPage>(
                new { Details = await reader.FindAsync(group, id, cancellationToken), MayChange = Session.MayWrite(http.User) });
        }
        catch (OperationFailedException exception)
        {
            return new RazorComponentResult<NotFoundPage>(new { Message = exception.Message, Back = DeadLetterChoice.Path })
            {
                StatusCode = StatusCodes.Status404NotFound,
            };
        }
    }

    private static string? Notice(HttpRequest request)
    {
        var recorded = Number(request, Entry) is { } entry ? $" The audit trail has it as entry {Say.Count(entry)}." : "";
        return Number(request, Redriving) is { } redriving
            ? $"{Say.Counted(redriving, "event")} asked to be redriven. Each key is handled by the instance that owns its partition, in "
                + $"order; this page follows it.{recorded}"
            : Number(request, Discarded) is { } discarded
                ? $"{Say.Counted(discarded, "event")} discarded. What they blocked can be redriven now.{recorded}"
                : null;
    }

    private static long? Number(HttpRequest request, string name) =>
        long.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
