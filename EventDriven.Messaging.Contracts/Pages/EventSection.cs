using System.Text.Encodings.Web;
using System.Text.Json;
using EventDriven.Messaging.Contracts.Examples;
using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>What the page says about one event.</summary>
internal static class EventSection
{
    // Encoded as HTML afterwards, where everything is.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Html Of(EventContract contract, Landscape landscape, ContractFolder folder, string output)
    {
        var consumers = landscape.ConsumersOf(contract.Type).Select(consumed => consumed.Service).Distinct(StringComparer.Ordinal);
        return Html.Of(
            $"""
            <section class="event" id="{contract.Type}">
            <h2><a href="#{contract.Type}">{contract.Record.Name}</a>{Mark(contract)}</h2>
            <p>{(string?)contract.Schema["description"] ?? "No description."}</p>
            <dl>
            <dt>Type</dt><dd><code>{contract.Type}</code></dd>
            <dt>Topic</dt><dd><code>{contract.Topic}</code></dd>
            <dt>Sent by</dt><dd>{Names(landscape.Producers[contract.Type])}</dd>
            <dt>Read by</dt><dd>{Names(consumers)}</dd>
            </dl>
            <div class="table">
            {FieldTable.Of(contract, landscape)}
            </div>
            <details><summary>Example</summary>
            <pre>{ExampleData.Of(contract.Schema)?.ToJsonString(Readable)}</pre>
            </details>
            <details open><summary>Versions</summary>
            {VersionList.Of(contract, folder, output)}
            </details>
            </section>

            """);
    }

    private static Html Mark(EventContract contract) =>
        (bool?)contract.Schema["deprecated"] ?? false ? Html.Of($" <mark>deprecated</mark>") : Html.Empty;

    private static Html Names(IEnumerable<string> services) => Html.Join(", ", services
        .Order(StringComparer.Ordinal)
        .Select(service => Html.Of($"<b>{service}</b>"))
        .DefaultIfEmpty(Html.Of($"nobody here")));
}
