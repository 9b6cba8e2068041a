using System.Globalization;
using EventDriven.ControlRoom.Changes;
using EventDriven.ControlRoom.Flow;
using EventDriven.ControlRoom.Live;
using EventDriven.ControlRoom.Replay.Tasks;
using EventDriven.ControlRoom.Servers;
using EventDriven.ControlRoom.SignIn;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EventDriven.ControlRoom.Replay;

/// <summary>The page and its forms. Each form leads back to the page, which shows what has become of it.</summary>
internal static class ReplayEndpoints
{
    private static readonly string[] Commands = ["replay", "rebuild", "pause", "resume"];

    public static void MapReplayPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(ReplaySetup.Path, GetPageAsync).RequireAuthorization(Scopes.OpsRead);
        var forms = app.MapGroup(ReplaySetup.Path).RequireAuthorization(Scopes.OpsWrite);
        forms.MapPost("/rehearse", RehearseAsync);
        forms.MapPost("/run", ReplayAsync);
        forms.MapPost("/rebuild", RebuildAsync);
        forms.MapPost("/pause", PauseAsync);
        forms.MapPost("/resume", ResumeAsync);
        forms.MapPost("/stop", Stop);
    }

    private static async Task<IResult> GetPageAsync(
        HttpContext http, string? group, string? from, string? until, string? topic, string? effects, CancellationToken cancellationToken)
    {
        var input = Input(group, from, until, topic, effects);
        try
        {
            var preview = await http.RequestServices.GetRequiredService<ReplayPlans>().PreviewAsync(input, cancellationToken);
            return await PageAsync(http, input, preview, problem: null, StatusCodes.Status200OK);
        }
        catch (OperationFailedException exception)
        {
            return await PageAsync(http, input, preview: null, exception.Message, StatusCodes.Status200OK);
        }
    }

    private static Task<IResult> RehearseAsync(
        HttpContext http,
        ReplayWork work,
        TimeProvider time,
        [FromForm] string? group,
        [FromForm] string? from,
        [FromForm] string? until,
        [FromForm] string? topic,
        [FromForm] string? effects)
    {
        var input = Input(group, from, until, topic, effects);
        return RunAsync(http, input, () =>
        {
            work.Rehearse(http.User, Group(input), ServiceOf(http, Group(input)), Range(input, time));
            return Task.CompletedTask;
        });
    }

    private static Task<IResult> ReplayAsync(
        HttpContext http,
        ReplayWork work,
        TimeProvider time,
        [FromForm] string? group,
        [FromForm] string? from,
        [FromForm] string? until,
        [FromForm] string? topic,
        [FromForm] string? effects,
        [FromForm] string? reason,
        [FromForm] string? confirmed)
    {
        var input = Input(group, from, until, topic, effects);
        return RunAsync(http, input, () =>
        {
            RequireConfirmed(confirmed);
            work.Replay(http.User, Group(input), Range(input, time), reason);
            return Task.CompletedTask;
        });
    }

    private static Task<IResult> RebuildAsync(
        HttpContext http,
        ReplayWork work,
        [FromForm] string? group,
        [FromForm] string? loss,
        [FromForm] string? reason,
        [FromForm] string? confirmed)
    {
        var input = new ReplayInput(group);
        return RunAsync(http, input, () =>
        {
            RequireConfirmed(confirmed);
            work.Rebuild(http.User, Group(input), ServiceOf(http, Group(input)), loss is not null, reason);
            return Task.CompletedTask;
        });
    }

    private static Task<IResult> PauseAsync(
        HttpContext http, [FromForm] string? group, [FromForm] string? minutes, [FromForm] string? reason)
    {
        var input = new ReplayInput(group);
        return RunAsync(http, input, () => int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? SetPauseAsync(http, Group(input), TimeSpan.FromMinutes(whole), reason)
            : throw new OperationFailedException("Choose for how long the group is paused.", ExitCode.Usage));
    }

    private static Task<IResult> ResumeAsync(HttpContext http, [FromForm] string? group, [FromForm] string? reason)
    {
        var input = new ReplayInput(group);
        return RunAsync(http, input, () => SetPauseAsync(http, Group(input), duration: null, reason));
    }

    private static RedirectHttpResult Stop(GroupTaskRunner runner, [FromForm] Guid id)
    {
        runner.Stop(id);
        return TypedResults.LocalRedirect(ReplaySetup.Path);
    }

    private static Task<bool> SetPauseAsync(HttpContext http, string group, TimeSpan? duration, string? reason)
    {
        var services = http.RequestServices;
        return ReplayPlans.BoundedAsync(
            async bound =>
            {
                await using var databases = await services.GetRequiredService<ReplayPlans>().OpenAsync(group, bound);
                var plan = await PausePlan.ReadAsync(databases, group, duration, bound);
                if (plan.IsEmpty)
                {
                    throw new OperationFailedException(plan.Description);
                }

                var report = new ChangeReport();
                await plan.RunAsync(
                    services.GetRequiredService<OperatorChanges>().Begin(http.User, plan.CommandLine, reason ?? "", report), bound);
                return report.Problem is { } problem ? throw new OperationFailedException(problem, ExitCode.OutcomeNotRecorded) : true;
            },
            http.RequestAborted);
    }

    private static async Task<IResult> RunAsync(HttpContext http, ReplayInput input, Func<Task> run)
    {
        try
        {
            await run();
            return TypedResults.LocalRedirect($"{Address(input)}#task-{Uri.EscapeDataString(input.Group ?? "")}");
        }
        catch (OperationFailedException exception)
        {
            return await PageAsync(http, input, preview: null, exception.Message, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> PageAsync(HttpContext http, ReplayInput input, ReplayPreview? preview, string? problem, int status)
    {
        var services = http.RequestServices;
        var model = new ReplayModel(
            services.GetRequiredService<LiveFeed<FlowSnapshot>>().Latest, services.GetRequiredService<GroupTaskRunner>().All, input)
        {
            Preview = preview,
            Problem = problem,
            MayWrite = Session.MayWrite(http.User),
            Changes = await services.GetRequiredService<AuditedChanges>().NewestAsync(Commands, http.RequestAborted),
        };
        model = model with { HasProgram = model.Chosen is { } group && services.GetRequiredService<ServicePrograms>().Has(group.Service) };
        return new RazorComponentResult<ReplayPage>(new { Model = model }) { StatusCode = status };
    }

    private static string Address(ReplayInput input)
    {
        (string Name, string? Value)[] fields =
        [
            ("group", input.Group), ("from", input.From), ("until", input.Until), ("topic", input.Topic),
            ("effects", input.AllowEffects ? "on" : null),
        ];
        return ReplaySetup.Path + QueryString.Create(
            fields.Where(field => field.Value is { Length: > 0 }).Select(field => KeyValuePair.Create(field.Name, field.Value)));
    }

    private static ReplayInput Input(string? group, string? from, string? until, string? topic, string? effects) => new(group)
    {
        From = from,
        Until = until,
        Topic = topic,
        AllowEffects = effects is not null,
    };

    private static string Group(ReplayInput input) => input.Group is { Length: > 0 } group
        ? group
        : throw new OperationFailedException("Choose a group.", ExitCode.Usage);

    private static ReplayRange Range(ReplayInput input, TimeProvider time) => input.Range(time.GetUtcNow())
        ?? throw new OperationFailedException("Say where to begin.", ExitCode.Usage);

    // Only programs of groups that are there are run, whatever a form says.
    private static string ServiceOf(HttpContext http, string group) =>
        http.RequestServices.GetRequiredService<LiveFeed<FlowSnapshot>>().Latest?.Groups
            .FirstOrDefault(known => known.Name == group)?.Service
        ?? throw new OperationFailedException(
            $"There is no group '{group}', or the system has not been read yet. The page Flow shows the groups.", ExitCode.Usage);

    private static void RequireConfirmed(string? confirmed)
    {
        if (confirmed is null)
        {
            throw new OperationFailedException("Nothing was changed. Tick the box that says that you mean it.", ExitCode.Usage);
        }
    }
}
