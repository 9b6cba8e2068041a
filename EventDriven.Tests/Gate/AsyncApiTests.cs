using EventDriven.Messaging.Contracts;
using EventDriven.Messaging.Contracts.AsyncApi;
using EventDriven.Messaging.Contracts.Commands;
using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Tests.Gate;

/// <summary>The AsyncAPI document tells every topic, event and use of it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class AsyncApiTests : IDisposable
{
    private const string Contracts =
        """
        /// <summary>A customer placed an order: "now", or #2.</summary>
        [Event("shop.orders.order-placed.v1")]
        public sealed record OrderPlaced(Guid OrderId, [Numeric(14, 2)] decimal Total);

        /// <summary>A parcel left.</summary>
        [Event("shop.shipping.parcel-shipped.v1")]
        public sealed record ParcelShipped(Guid ParcelId);

        public sealed record Declared(string Name, int Partitions, TimeSpan Retention);

        public static class Topics
        {
            public static readonly Declared Orders = new("orders.v1", 6, TimeSpan.FromDays(2));
        }
        """;

    private const string Shipping =
        """
        [Event("shop.orders.order-placed.v1")]
        internal sealed record OrderPlaced(Guid OrderId);

        [Event("shop.shipping.parcel-shipped.v1")]
        internal sealed record ParcelShipped(Guid ParcelId);

        internal static class Events
        {
            public static IMessagingBuilder Add(IMessagingBuilder messaging) =>
                messaging.Publishes<ParcelShipped>("shipping.v1", key: shipped => shipped.ParcelId);
        }
        """;

    private readonly Shop _shop = new Shop().Produces(Contracts).Consumes("Shipping.Worker", Shipping);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void A_topic_is_a_channel_with_the_settings_that_are_declared()
    {
        var document = Document();

        AssertSays(document,
            """
              orders.v1:
                address: orders.v1
                servers:
                  - $ref: "#/servers/kafka"
                messages:
                  OrderPlaced:
                    $ref: "#/components/messages/OrderPlaced"
                bindings:
                  kafka:
                    topic: orders.v1
                    partitions: 6
                    topicConfiguration:
                      retention.ms: 172800000
                    bindingVersion: "0.5.0"
            """);
        AssertSays(document,
            """
                  kafka:
                    topic: shipping.v1
                    bindingVersion: "0.5.0"
            """);
    }

    [Fact]
    public void An_event_is_a_message_with_its_headers_and_its_latest_schema()
    {
        _shop.Release().Produces(Contracts.Replace("decimal Total)", "decimal Total, string? Note = null)", StringComparison.Ordinal));

        var document = Document();

        AssertSays(document,
            """
                OrderPlaced:
                  name: shop.orders.order-placed.v1
                  title: OrderPlaced
                  summary: "A customer placed an order: \"now\", or #2."
                  contentType: application/json
            """);
        AssertSays(document,
            """
                        properties:
                          ce_type:
                            const: shop.orders.order-placed.v1
                  payload:
                    schemaFormat: "application/schema+json;version=draft-2020-12"
                    schema:
                      $ref: "../contracts/orders.v1/shop.orders.order-placed.v1.1.json"
            """);
        Assert.All(
            ["ce_id", "ce_source", "ce_subject", "ce_time", "ce_dataschema", "ce_correlationid", "ce_causationid", "content-type"],
            header => Assert.Contains($"        {header}:\n", document, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_service_sends_and_receives_are_operations()
    {
        var document = Document();

        AssertSays(document,
            """
            operations:
              Shipping.Worker.send.ParcelShipped:
                action: send
                channel:
                  $ref: "#/channels/shipping.v1"
                messages:
                  - $ref: "#/channels/shipping.v1/messages/ParcelShipped"
              Shipping.Worker.receive.OrderPlaced:
                action: receive
                channel:
                  $ref: "#/channels/orders.v1"
                messages:
                  - $ref: "#/channels/orders.v1/messages/OrderPlaced"
            """);
    }

    [Fact]
    public void The_same_contracts_give_the_same_document() => Assert.Equal(Document(), Document());

    [Fact]
    public void Records_of_the_same_name_are_told_apart_by_their_types()
    {
        _shop.Produces(Contracts +
            """

            namespace Second
            {
                [Event("shop.orders.order-placed.v2")]
                public sealed record OrderPlaced(Guid OrderId);
            }
            """);

        var document = Document();

        Assert.Contains("#/components/messages/shop.orders.order-placed.v1\"", document, StringComparison.Ordinal);
        Assert.Contains("#/components/messages/shop.orders.order-placed.v2\"", document, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_a_contract_file_is_refused_with_what_to_do()
    {
        var refused = Assert.Throws<ContractException>(() => Write(_shop.Build(), _shop.Folder, Path.Combine(_shop.Root, "docs")));

        Assert.Equal("shop.orders.order-placed.v1 has no contract file yet. Run: dotnet run --project contracts -- add", refused.Message);
    }

    [Fact]
    public async Task A_check_writes_nothing_and_tells_by_its_exit_code_whether_the_file_is_up_to_date()
    {
        var path = Path.Combine(_shop.Root, "docs", "asyncapi.yaml");
        async Task<int> Run(string text, bool check) =>
            (await new GeneratedFile(path).WriteAsync(text, check, TestContext.Current.CancellationToken)).UpToDate ? 0 : 1;

        Assert.Equal(1, await Run("first\n", check: true));
        Assert.False(File.Exists(path));
        Assert.Equal(0, await Run("first\n", check: false));
        Assert.Equal(0, await Run("first\n", check: true));
        Assert.Equal(1, await Run("second\n", check: true));
        Assert.Equal("first\n", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    /// <summary>The document in the repository is the one of the compiled services.</summary>
    [Fact]
    public void The_document_of_this_system_is_up_to_date()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var written = File.ReadAllText(Path.Combine(docs, "asyncapi.yaml")).ReplaceLineEndings("\n");

        Assert.True(written == Write(ThisSystem.Landscape, ThisSystem.Contracts, docs), "Run ./eventdriven contracts asyncapi.");
    }

    private static string Write(Landscape landscape, ContractFolder folder, string output) =>
        AsyncApiDocument.Write(landscape, folder, output, new AsyncApiOptions());

    private static void AssertSays(string document, string part) =>
        Assert.Contains(part.ReplaceLineEndings("\n") + "\n", document, StringComparison.Ordinal);

    private string Document()
    {
        _shop.Release();
        return Write(_shop.Build(), _shop.Folder, Path.Combine(_shop.Root, "docs"));
    }
}
