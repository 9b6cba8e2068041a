using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>A page about all events of a system, in one file: it needs no server, and nothing from the network.</summary>
internal static class EventsPage
{
    /// <summary>The system's name, unless another is given.</summary>
    public const string Title = "EventDriven";

    /// <summary>The page; the same contracts give the same text.</summary>
    /// <param name="landscape">The solution as compiled.</param>
    /// <param name="folder">Its contracts.</param>
    /// <param name="output">Folder of the page: links to schemas are relative to it.</param>
    /// <param name="title">Name of the system.</param>
    public static string Write(Landscape landscape, ContractFolder folder, string output, string title)
    {
        var services = landscape.Producers.SelectMany(producers => producers)
            .Concat(landscape.Consumers.Select(consumed => consumed.Service)).Distinct(StringComparer.Ordinal).Count();
        return Html.Of(
            $"""
            <!DOCTYPE html>
            <!-- Made by contracts page from the compiled services. Do not edit. -->
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}: events</title>
            <style>
            {Html.Resource("events.css")}</style>
            </head>
            <body>
            <header>
            <h1>{title}: events</h1>
            <p>{landscape.Contracts.Count} events of {services} services, as compiled: who says what, and who reads it.</p>
            </header>
            <main>
            {LandscapePicture.Of(landscape)}
            <p class="search"><input id="search" type="search" aria-label="Search"
              placeholder="Search events, fields and services" autocomplete="off"><output id="found"></output></p>
            {landscape.Contracts.Select(contract => EventSection.Of(contract, landscape, folder, output))}
            </main>
            <script>
            {Html.Resource("events.js")}</script>
            </body>
            </html>

            """).ToString();
    }
}
