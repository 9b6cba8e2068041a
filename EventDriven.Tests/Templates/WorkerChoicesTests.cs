using System.Reflection;
using System.Text.Json.Nodes;
using EventDriven.Contracts;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Receipts;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Tests.Templates;

/// <summary>The worker's template offers what <c>EventDriven.Contracts</c> has.</summary>
public sealed class WorkerChoicesTests
{
    private static readonly JsonNode Symbols = JsonNode.Parse(File.ReadAllText(
        Path.Combine(Repository.Root, "templates", "eventdriven-worker", ".template.config", "template.json")))!["symbols"]!;

    // What receipts tell is for journeys alone. Personal data takes keys, which a worker of the template has none of; so it has nothing to
    // forget.
    private static readonly Type[] Events =
    [
        .. typeof(Topics).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<EventAttribute>() is not null && type != typeof(EventsHandled)
                && type != typeof(CustomerForgotten)),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(UnitTest.Trait, UnitTest.Value)]
    public void Every_event_and_every_field_can_be_asked_for()
    {
        Assert.Equal(Events.Select(type => type.Name).Order(StringComparer.Ordinal), Choices("event").Order(StringComparer.Ordinal));
        Assert.Equal(
            Events.SelectMany(Fields).Select(field => field.Name!).Append("all").Distinct().Order(StringComparer.Ordinal),
            Choices("fields").Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait(UnitTest.Trait, UnitTest.Value)]
    public void Each_event_is_told_with_its_fields()
    {
        foreach (var choice in Symbols["event"]!["choices"]!.AsArray())
        {
            var @event = Events.Single(type => type.Name == (string?)choice!["choice"]);
            Assert.EndsWith(
                $" Fields: {string.Join(", ", Fields(@event).Select(field => field.Name))}.", (string?)choice!["description"],
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_record_has_the_fields_that_are_asked_for_with_the_types_and_the_name_of_the_contract()
    {
        using var hive = new TemplateHive();
        await hive.InstallAsync(Path.Combine(Repository.Root, "templates"), Token);
        var folder = Directory.CreateTempSubdirectory("eventdriven-workers-");
        foreach (var @event in Events)
        {
            var output = folder.CreateSubdirectory(@event.Name).FullName;
            await hive.NewAsync(output, ["eventdriven-worker", "-n", "Any.Worker", "--event", @event.Name], Token);
            var record = await GeneratedRecord.ReadAsync(output, @event.Name, Token);

            Assert.Equal(@event.GetCustomAttribute<EventAttribute>()!.Name, record.EventName);
            Assert.Equal(
                Fields(@event).Select(GeneratedRecord.Describe).Order(StringComparer.Ordinal), record.Fields.Order(StringComparer.Ordinal));
        }

        var total = folder.CreateSubdirectory("total").FullName;
        await hive.NewAsync(
            total, ["eventdriven-worker", "-n", "Any.Worker", "--event", "OrderPlaced", "--fields", "Total", "Currency"], Token);
        Assert.Equal(
            ["Guid OrderId", "string Currency", "decimal Total"], (await GeneratedRecord.ReadAsync(total, "OrderPlaced", Token)).Fields);
        folder.Delete(recursive: true);
    }

    private static ParameterInfo[] Fields(Type @event) =>
        [.. @event.GetConstructors().Single().GetParameters().Where(field => field.GetCustomAttribute<PersonalDataAttribute>() is null)];

    private static IEnumerable<string> Choices(string symbol) =>
        Symbols[symbol]!["choices"]!.AsArray().Select(choice => (string)choice!["choice"]!);
}
