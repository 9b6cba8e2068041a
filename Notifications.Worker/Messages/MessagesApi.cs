using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Notifications.Worker.Database;

namespace Notifications.Worker.Messages;

/// <summary>What was written to customers, and what became of it; for operators.</summary>
internal static class MessagesApi
{
    private const int MaxMessages = 1_000;

    public static void MapMessages(this IEndpointRouteBuilder routes) => routes.MapGet("/messages", GetAsync);

    internal static async Task<Results<Ok<IReadOnlyList<MessageAnswer>>, ProblemHttpResult>> GetAsync(
        Guid? orderId, Guid? customerId, NotificationsDbContext database, CancellationToken cancellationToken)
    {
        if ((orderId is null) == (customerId is null))
        {
            return TypedResults.Problem(new HttpValidationProblemDetails(
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["orderId"] = ["Give either orderId or customerId."] })
            {
                Status = StatusCodes.Status422UnprocessableEntity,
            });
        }

        var about = orderId ?? customerId!.Value;
        var messages = await database.Messages.AsNoTracking()
            .Where(m => m.About == about)
            .OrderBy(m => m.HappenedAt).ThenBy(m => m.Identity)
            .Take(MaxMessages)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MessageAnswer>>([.. messages.Select(MessageAnswer.From)]);
    }
}
