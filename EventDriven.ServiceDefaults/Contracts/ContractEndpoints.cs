using System.Reflection;
using EventDriven.Messaging.Contracts;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EventDriven.ServiceDefaults.Contracts;

/// <summary>
/// <c>GET /contracts/&lt;topic&gt;/&lt;file&gt;</c>: the JSON Schemas of the events that a service announces. Each event's
/// <c>dataschema</c> is such a URL.
/// </summary>
public static class ContractEndpoints
{
    private const string Page = "events.html";
    private const string SchemaJson = "application/schema+json";

    /// <summary>Serves the contracts that an assembly carries, and at <c>/contracts</c> a list of them.</summary>
    /// <param name="app">The service.</param>
    /// <param name="contracts">The assembly with the events' records.</param>
    public static IEndpointRouteBuilder MapContracts(this IEndpointRouteBuilder app, Assembly contracts)
    {
        var all = EmbeddedContract.Of(contracts);
        var group = app.MapGroup("/contracts").WithTags("Contracts").RequireAuthorization();
        group.MapGet("", () => TypedResults.Ok(all.Select(contract => $"/{contract.Path}")))
            .WithName("ListContracts")
            .WithSummary("Lists the JSON Schemas of the events that this service announces.");
        group.MapGet("{topic}/{file}", (string topic, string file) => Find(all, $"contracts/{topic}/{file}"))
            .WithName("GetContract")
            .WithSummary("The JSON Schema of a version of an event. A released version never changes.")
            .Produces(StatusCodes.Status200OK, contentType: SchemaJson)
            .ProducesProblems(404)
            .WithExample((_, _) => Task.FromResult(all is [var first, ..] ? ExampleOf(first) : null));
        return app;
    }

    /// <summary>
    /// <c>GET /events</c>: a page about the events, which an assembly of contracts carries as the resource <c>events.html</c>.
    /// </summary>
    /// <param name="app">The service.</param>
    /// <param name="contracts">The assembly with the events' records.</param>
    public static IEndpointRouteBuilder MapEventsPage(this IEndpointRouteBuilder app, Assembly contracts)
    {
        app.MapGet("/events", () => TypedResults.Stream(contracts.GetManifestResourceStream(Page)!, "text/html; charset=utf-8"))
            .RequireAuthorization()
            .ExcludeFromDescription();
        return app;
    }

    private static ApiExample? ExampleOf(EmbeddedContract contract) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["topic"] = contract.Topic,
            ["file"] = Path.GetFileName(contract.Path),
        });

    private static IResult Find(IReadOnlyList<EmbeddedContract> all, string path) =>
        all.FirstOrDefault(contract => contract.Path == path) is { } found
            ? TypedResults.Stream(found.Open(), SchemaJson)
            : Problems.NotFound("file", "There is no such contract. /contracts lists them.");
}
