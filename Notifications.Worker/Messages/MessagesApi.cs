using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Lists;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;

namespace Notifications.Worker.Messages;

/// <summary>Messages to customers and their states, for operators.</summary>
internal static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder routes) => routes.MapGet("/messages", GetAsync)
        .WithTags("Messages")
        .WithName("ListMessages")
        .RequireAuthorization(Scopes.OpsRead)
        .WithSummary("The messages about an order or to a customer, in the order in which their facts happened.")
        .WithDescription(
            $"Give either `orderId` or `customerId`; `after` is the id of a message, and the page begins behind it. {Pages.Description}")
        .ProducesProblems(400, 422, 503)
        .WithExample(NewestAsync);

    internal static async Task<Results<Ok<Page<MessageAnswer>>, ProblemHttpResult>> GetAsync(
        Guid? orderId,
        Guid? customerId,
        string? after,
        int? limit,
        HttpContext http,
        NotificationsDbContext database,
        CancellationToken cancellationToken)
    {
        if (!Pages.TryLimit(limit, out var pageSize, out var problem))
        {
            return problem;
        }

        if ((orderId is null) == (customerId is null))
        {
            return Problems.Unprocessable("orderId", "Give either orderId or customerId.");
        }

        var about = orderId ?? customerId!.Value;
        var messages = database.Messages.AsNoTracking().Where(m => m.About == about);
        if (!string.IsNullOrEmpty(after))
        {
            if (await FindAsync(messages, after, cancellationToken) is not { } last)
            {
                return Problems.Unprocessable("after", "Must be the id of a message of this list.");
            }

            messages = messages.Where(m => m.HappenedAt > last.HappenedAt
                || (m.HappenedAt == last.HappenedAt
                    && (m.Identity > last.Identity || (m.Identity == last.Identity && string.Compare(m.Kind, last.Kind) > 0))));
        }

        var found = await messages.OrderBy(m => m.HappenedAt).ThenBy(m => m.Identity).ThenBy(m => m.Kind).Take(pageSize + 1)
            .ToListAsync(cancellationToken);
        return Pages.Of(http, found.ConvertAll(MessageAnswer.From), pageSize, message => message.Id);
    }

    private static async Task<Message?> FindAsync(IQueryable<Message> messages, string id, CancellationToken cancellationToken) =>
        MessageId.TryParse(id, out var identity, out var kind)
            ? await messages.SingleOrDefaultAsync(m => m.Identity == identity && m.Kind == kind, cancellationToken)
            : null;

    private static async Task<ApiExample?> NewestAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var messages = services.GetRequiredService<NotificationsDbContext>().Messages;
        var newest = await messages.Where(m => m.Kind == MessageKind.OrderReceived)
            .OrderByDescending(m => m.About).Select(m => (Guid?)m.About).FirstOrDefaultAsync(cancellationToken);
        return newest is { } orderId ? ApiExample.Of("orderId", orderId.ToString()) : null;
    }
}
