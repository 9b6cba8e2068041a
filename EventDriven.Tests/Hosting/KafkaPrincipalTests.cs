using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting;
using EventDriven.Hosting.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.Hosting;

/// <summary>Which connection string of Kafka a service gets from the AppHost.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaPrincipalTests
{
    private const string Own =
        "BootstrapServers=b:9093;SecurityProtocol=SaslSsl;SaslMechanism=Plain;SaslUsername=checkout;SaslPassword=s3cret";

    private static readonly string[] Names = ["checkout", "checkout-of-guests", "inventory"];

    [Fact]
    public async Task A_service_gets_its_own_where_one_is_configured_and_the_common_one_where_not()
    {
        var builder = Builder(("ConnectionStrings:kafka", "a:9092"), ("ConnectionStrings:kafka-checkout", Own));
        var kafka = builder.AddKafkaServer("kafka", []);
        var services = Names
            .Select(name => builder.AddProject<Projects.Checkout_Api>(name).WithKafka(kafka).Resource).ToList();
        await using var application = builder.Build();
        var context = application.Services.GetRequiredService<DistributedApplicationExecutionContext>();

        Assert.Equal([Own, "a:9092", "a:9092"], await Task.WhenAll(services.Select(service => ConnectionAsync(service, context))));
    }

    [Fact]
    public void One_that_can_not_be_used_is_refused_before_anything_starts()
    {
        var builder = Builder(("ConnectionStrings:kafka", "BootstrapServers=a:1;SaslUsername=u;SaslPassword=s3cret"));

        var refused = Assert.Throws<HostingException>(() => builder.AddKafkaServer("kafka", []));

        Assert.StartsWith("ConnectionStrings:kafka: Kafka's settings: 'sasl.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>As a service would refuse it, which starts later.</summary>
    [Theory]
    [InlineData("BootstrapServers=a:1;acks=1", "The Kafka setting 'acks' can't be set")]
    [InlineData("ClientId=shop", "It has no BootstrapServers")]
    public void What_a_service_would_refuse_is_refused(string connection, string message)
    {
        var builder = Builder(("ConnectionStrings:kafka", connection));

        var refused = Assert.Throws<HostingException>(() => builder.AddKafkaServer("kafka", []));

        Assert.StartsWith($"ConnectionStrings:kafka: {message}", refused.Message, StringComparison.Ordinal);
    }

    private static IDistributedApplicationBuilder Builder(params (string Name, string Value)[] settings) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(Projects.EventDriven_AppHost).Assembly.GetName().Name,
            DisableDashboard = true,
            Args = [.. settings.Select(setting => $"{setting.Name}={setting.Value}")],
        });

    private static async Task<string?> ConnectionAsync(IResource service, DistributedApplicationExecutionContext context)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(service).WithEnvironmentVariablesConfig().BuildAsync(context);
        return configuration.EnvironmentVariables.Single(variable => variable.Key == "ConnectionStrings__kafka").Value;
    }
}
