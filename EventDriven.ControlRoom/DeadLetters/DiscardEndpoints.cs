using System.Globalization;
using EventDriven.ControlRoom.Changes;
using EventDriven.ControlRoom.SignIn;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>Discarding dead letters, one by its number or each that matches: what would be done, and doing it.</summary>
internal static class DiscardEndpoints
{
    private const string Id = "id";

    public static async Task<RazorComponentResult> PreviewAsync(
        HttpContext http, DeadLetterReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var choice = DeadLetterChoice.Of(name => http.Request.Query[name]).PinnedAt(now);
        var id = NumberOf(http.Request.Query[Id]);
        await using var databases = await reader.OpenAsync(cancellationToken);
        try
        {
            var plan = await PlanAsync(databases, choice, now, id, cancellationToken);
            return Page(Preview(http, choice, id, plan), StatusCodes.Status200OK);
        }
        catch (OperationFailedException exception)
        {
            return Page(Refused(choice, exception.Message), StatusCodes.Status404NotFound);
        }
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
        var (id, reason) = (NumberOf(form[Id]), form[ChangePreview.ReasonField].ToString());
        await using var databases = await reader.OpenAsync(cancellationToken);
        try
        {
            var plan = await PlanAsync(databases, choice, now, id, cancellationToken);
            var preview = Preview(http, choice, id, plan) with { Reason = reason };
            if (plan.Count == 0)
            {
                return Page(preview, StatusCodes.Status409Conflict);
            }

            if (ChangeRequest.ReasonProblem(reason) is { } problem)
            {
                return Page(preview with { Error = problem }, StatusCodes.Status400BadRequest);
            }

            var report = new ChangeReport();
            var discarded = await plan.RunAsync(changes.Begin(http.User, plan.CommandLine, reason, report), cancellationToken);
            return report.Problem is { } unrecorded
                ? Page(preview with { Error = unrecorded, IsEmpty = true }, StatusCodes.Status200OK)
                : TypedResults.LocalRedirect(
                    RedriveEndpoints.ChangedUrl(choice, DeadLetterEndpoints.Discarded, discarded, report));
        }
        catch (Exception exception) when (exception is OperationFailedException or NpgsqlException)
        {
            return Page(Refused(choice, exception.Message), StatusCodes.Status409Conflict);
        }
    }

    private static Task<DiscardPlan> PlanAsync(
        ServiceDatabases databases, DeadLetterChoice choice, DateTimeOffset now, long? id, CancellationToken cancellationToken) =>
        id is { } one && choice.Group is { } group
            ? DiscardPlan.ReadAsync(databases, group, one, cancellationToken)
            : DiscardPlan.ReadAsync(databases, choice.FilterAt(now), cancellationToken);

    private static long? NumberOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static RazorComponentResult<ChangePage> Page(ChangePreview preview, int status) =>
        new(new { Change = preview }) { StatusCode = status };

    private static ChangePreview Refused(DeadLetterChoice choice, string error) =>
        new("Discard", "Nothing would be discarded.", "", DeadLetterSetup.Discard, new DeadLetterChoice { Group = choice.Group }.Url())
        {
            Error = error,
            IsEmpty = true,
        };

    private static ChangePreview Preview(HttpContext http, DeadLetterChoice choice, long? id, DiscardPlan plan) =>
        new(
            "Discard",
            plan.Count == 0 ? "No unresolved dead letter matches." : plan.Description,
            plan.CommandLine,
            DeadLetterSetup.Discard,
            new DeadLetterChoice { Group = choice.Group }.Url())
        {
            Fields =
            [
                .. choice.Fields(),
                .. id is { } one ? [(Id, one.ToString(CultureInfo.InvariantCulture))] : Array.Empty<(string, string)>(),
            ],
            Notes = ["This can't be undone. The later events of the key stay parked until the key is redriven."],
            Button = "Discard for good",
            IsFinal = true,
            IsEmpty = plan.Count == 0,
            MayChange = Session.MayWrite(http.User),
        };
}
