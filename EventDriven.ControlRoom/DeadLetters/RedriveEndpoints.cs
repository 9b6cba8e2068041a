using System.Globalization;
using EventDriven.ControlRoom.Changes;
using EventDriven.ControlRoom.SignIn;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>Redriving parked keys: what would be done, and doing it.</summary>
internal static class RedriveEndpoints
{
    public static async Task<RazorComponentResult> PreviewAsync(
        HttpContext http, DeadLetterReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var choice = DeadLetterChoice.Of(name => http.Request.Query[name]).PinnedAt(now);
        await using var databases = await reader.OpenAsync(cancellationToken);
        var plan = await RedrivePlan.ReadAsync(databases, choice.FilterAt(now), cancellationToken);
        return Page(Preview(http, choice, plan), StatusCodes.Status200OK);
    }

    public static async Task<IResult> MakeAsync(
        HttpContext http,
        IFormCollection form,
        DeadLetterReader reader,
        OperatorChanges changes,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var choice = DeadLetterChoice.Of(name => form[name]).PinnedAt(now);
        var reason = form[ChangePreview.ReasonField].ToString();
        await using var databases = await reader.OpenAsync(cancellationToken);
        var plan = await RedrivePlan.ReadAsync(databases, choice.FilterAt(now), cancellationToken);
        var preview = Preview(http, choice, plan) with { Reason = reason };
        if (plan.IsEmpty)
        {
            return Page(preview, StatusCodes.Status409Conflict);
        }

        if (ChangeRequest.ReasonProblem(reason) is { } problem)
        {
            return Page(preview with { Error = problem }, StatusCodes.Status400BadRequest);
        }

        try
        {
            var report = new ChangeReport();
            var requested = await plan.RunAsync(changes.Begin(http.User, plan.CommandLine, reason, report), cancellationToken);
            return report.Problem is { } unrecorded
                ? Page(preview with { Error = unrecorded, IsEmpty = true }, StatusCodes.Status200OK)
                : TypedResults.LocalRedirect(ChangedUrl(choice, DeadLetterEndpoints.Redriving, requested.Sum(one => one.Count), report));
        }
        catch (Exception exception) when (exception is OperationFailedException or NpgsqlException)
        {
            return Page(preview with { Error = exception.Message }, StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Where a change leads: the group's list, with what was done.</summary>
    public static string ChangedUrl(DeadLetterChoice choice, string what, int count, ChangeReport report)
    {
        var url = new DeadLetterChoice { Group = choice.Group }.Url();
        var entry = report.Entry is { } number ? $"&{DeadLetterEndpoints.Entry}={number.ToString(CultureInfo.InvariantCulture)}" : "";
        var joint = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{url}{joint}{what}={count.ToString(CultureInfo.InvariantCulture)}{entry}";
    }

    private static RazorComponentResult<ChangePage> Page(ChangePreview preview, int status) =>
        new(new { Change = preview }) { StatusCode = status };

    private static ChangePreview Preview(HttpContext http, DeadLetterChoice choice, RedrivePlan plan)
    {
        return new ChangePreview(
            "Redrive",
            plan.IsEmpty
                ? "No parked dead letter matches. It may be redriven already, or wait behind another one of its key."
                : plan.Description,
            plan.CommandLine,
            DeadLetterSetup.Redrive,
            new DeadLetterChoice { Group = choice.Group }.Url())
        {
            Fields = choice.Fields(),
            Notes =
            [
                "A key is redriven as a whole: its events are handled again in the order of the log, and what fails again is parked again.",
                .. choice.Older is { } since
                    ? [$"Keys are chosen whose oldest dead letter has waited since before {since}. Younger events of such a key go too."]
                    : Array.Empty<string>(),
                .. plan.OnOtherLogs > 0
                    ? [$"{plan.OnOtherLogs} more stood on the log of another cluster, which their group no longer reads: discard them."]
                    : Array.Empty<string>(),
            ],
            Button = "Redrive",
            IsEmpty = plan.IsEmpty,
            MayChange = Session.MayWrite(http.User),
        };
    }
}
