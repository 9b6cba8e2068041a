using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.AppHost.Model;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Services;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.AppHost;

/// <summary>The control room in the model: what leads to it in the Aspire dashboard, and what of it lasts in a deployment.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ControlRoomModelTests
{
    private const int Port = 5996;

    [Fact]
    public async Task A_service_and_each_instance_of_it_lead_to_its_place_in_the_flow_and_to_its_dead_letters()
    {
        var links = await LinksAsync("Replicas=2");

        Assert.Equal(["checkout", "checkout-2"], links.Keys.Order(StringComparer.Ordinal));
        Assert.All(links.Values, urls => Assert.Equal(
            ["Control room: /#service-checkout", "Dead letters: /dead-letters?group=checkout"],
            urls.Select(url => $"{url.DisplayText}: {new Uri(url.Url).PathAndQuery}{new Uri(url.Url).Fragment}")));
        Assert.All(links.Values.SelectMany(urls => urls), url => Assert.StartsWith("http://localhost:", url.Url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_control_room_nothing_leads_there()
    {
        var links = await LinksAsync("ControlRoom=false");

        Assert.All(links.Values, Assert.Empty);
    }

    [Fact]
    public void There_is_one_of_it_however_many_instances_services_have()
    {
        var builder = DescribedModel.Begin("Ephemeral=true", "Servers=processes", "ConnectionStrings:kafka=a:9092", "Replicas=3");

        builder.AddControlRoom<Projects.EventDriven_ControlRoom>(Port, builder.AddKafkaServer("kafka", []));

        Assert.Equal(
            ["control-room"],
            builder.Resources.OfType<ProjectResource>().Where(resource => resource.IsService()).Select(resource => resource.Name));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void A_deployment_with_volumes_keeps_the_keys_that_protect_sessions_in_one(string hasVolumes, bool isKept)
    {
        var builder = DescribedModel.Begin("--operation", "publish", "Existing=kafka", $"Volumes={hasVolumes}");
        builder.AddControlRoom<Projects.EventDriven_ControlRoom>(Port, builder.AddKafkaServer("kafka", []));

        var room = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "control-room");

        Assert.Equal(isKept ? ["/home/app"] : [], room.Annotations.OfType<ContainerMountAnnotation>().Select(mount => mount.Target));
    }

    /// <summary>By service, those that lead elsewhere than to the service itself.</summary>
    private static async Task<Dictionary<string, List<ResourceUrlAnnotation>>> LinksAsync(params string[] settings)
    {
        var builder = DescribedModel.Begin(["Ephemeral=true", "Servers=processes", "ConnectionStrings:kafka=a:9092", .. settings]);
        var kafka = builder.AddKafkaServer("kafka", []);
        builder.AddService<Projects.Checkout_Api>("checkout", Port, service => service.WithOperatorLinks());
        builder.AddControlRoom<Projects.EventDriven_ControlRoom>(Port + 1, kafka);
        await using var application = builder.Build();
        var context = application.Services.GetRequiredService<DistributedApplicationExecutionContext>();
        var found = new Dictionary<string, List<ResourceUrlAnnotation>>(StringComparer.Ordinal);
        var checkout = builder.Resources.OfType<ProjectResource>()
            .Where(resource => resource.Name.StartsWith("checkout", StringComparison.Ordinal));
        foreach (var service in checkout)
        {
            var urls = new List<ResourceUrlAnnotation>();
            foreach (var annotation in service.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
            {
                await annotation.Callback(
                    new ResourceUrlsCallbackContext(context, service, urls, TestContext.Current.CancellationToken));
            }

            found.Add(service.Name, [.. urls.Where(url => Uri.IsWellFormedUriString(url.Url, UriKind.Absolute))]);
        }

        return found;
    }
}
