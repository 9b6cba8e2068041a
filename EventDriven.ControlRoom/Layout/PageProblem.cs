using EventDriven.Messaging;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace EventDriven.ControlRoom.Layout;

/// <summary>What is wrong with a request, as whoever opened the page reads it.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Message">What happened.</param>
/// <param name="Advice">What to do.</param>
public sealed record PageProblem(string Title, string Message, string Advice)
{
    /// <summary>Address of the page to try again; null when that is of no use, or could do something twice.</summary>
    public string? Again { get; init; }

    /// <summary>Finds the request in every log and trace; null when it has none.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>What a problem document says, and the exception behind it, if there is one.</summary>
    internal static PageProblem Of(HttpContext http, ProblemDetails problem)
    {
        var code = problem.Extensions.TryGetValue(Problems.Code, out var given) ? given as string : null;

        // Names servers and addresses, which are for operators.
        var error = http.User.Identity is { IsAuthenticated: true } ? http.Features.Get<IExceptionHandlerFeature>()?.Error : null;
        return problem.Status switch
        {
            StatusCodes.Status404NotFound => new PageProblem(
                "Not here", $"There is no page {http.Request.Path}.", "Check the address, or begin with one of the pages above."),
            StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType when HttpMethods.IsPost(http.Request.Method) =>
                new PageProblem(
                    "The form was not accepted",
                    "Nothing was changed. The page was opened in another session, or before the control room was started anew.",
                    "Open the page again, and send its form."),
            StatusCodes.Status503ServiceUnavailable when code == ProblemCodes.Overloaded => new PageProblem(
                "The control room has too much to do", "Nothing was done.", "Try again in some seconds.")
            { Again = Repeatable(http) },
            StatusCodes.Status503ServiceUnavailable => new PageProblem(
                "A server does not answer", What(error) ?? problem.Detail ?? "It did not answer in time.", Next(http))
            { Again = Repeatable(http) },
            StatusCodes.Status500InternalServerError => new PageProblem(
                "Something is wrong here", "This is a defect of the control room, and its log has it.", Next(http))
            { Again = Repeatable(http), CorrelationId = CorrelationContext.Current?.CorrelationId },
            _ => new PageProblem(
                problem.Title ?? "The request can't be answered",
                problem.Detail ?? "The request can't be answered.",
                "Go back, or begin with one of the pages above."),
        };
    }

    private static string? What(Exception? error) => error switch
    {
        null => null,
        HttpRequestException http =>
            $"A service does not answer ({http.GetBaseException().Message}). Is it running? The flow shows which one is red.",
        _ => ServerProblem.Of(error)?.Message,
    };

    private static string Next(HttpContext http) => Repeatable(http) is not null
        ? "Try again. The other pages go on, as far as they need nothing of it."
        : "It may have been carried out: look at the page before you send the form again.";

    private static string? Repeatable(HttpContext http) => HttpMethods.IsGet(http.Request.Method) ? LocalUrl.OfPage(http.Request) : null;
}
