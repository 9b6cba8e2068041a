using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Tests.Cli;

/// <summary>A page for operators finds the system by the settings that services have.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SystemAddressesTests
{
    [Fact]
    public void Databases_services_Kafka_and_the_audit_trail_are_found_by_name()
    {
        var found = SystemAddresses.Of(Configuration(
            ("ConnectionStrings:inventorydb", "Host=a"),
            ("ConnectionStrings:checkoutdb", "Host=b"),
            ("ConnectionStrings:auditdb", "Host=c"),
            ("ConnectionStrings:redis", "r:1"),
            ("ConnectionStrings:kafka", "k:9092"),
            ("services:checkout:http:0", "http://localhost:1"),
            ("services:checkout:http:1", "http://localhost:2")));

        Assert.Equal(["checkoutdb", "inventorydb"], found.Databases.Select(database => database.Name));
        Assert.Equal(
            [("checkout", "http://localhost:1/"), ("checkout (2)", "http://localhost:2/")],
            found.Services.Select(service => (service.Name, $"{service.Address}")));
        Assert.Equal(("k:9092", "Host=c"), (found.Kafka, found.AuditTrail));
    }

    [Fact]
    public void What_is_missing_is_empty()
    {
        var found = SystemAddresses.Of(Configuration());

        Assert.Empty(found.Databases);
        Assert.Empty(found.Services);
        Assert.Equal((null, null), (found.Kafka, found.AuditTrail));
    }

    [Theory]
    [InlineData("ConnectionStrings:inventorydb", "Host=a;Port=many;Password=hunter2")]
    [InlineData("services:checkout:http:0", "localhost:1")]
    public void What_is_invalid_is_told_without_a_password(string name, string value)
    {
        var refused = Assert.Throws<OperationFailedException>(() => SystemAddresses.Of(Configuration((name, value))));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
