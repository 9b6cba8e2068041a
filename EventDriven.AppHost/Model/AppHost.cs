#if ASPIRE
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.AppHost.Model;

/// <summary>What the application consists of under Aspire; the local mode says the same in <c>EventDriven.LocalHost/Model/ApplicationModel.cs</c>.</summary>
internal static class AppHost
{
    public static DistributedApplication Build(AppHostArguments arguments)
    {
        var builder = DistributedApplication.CreateBuilder([.. arguments.Others]);
        builder.Services.AddLogging(logging => Quiet(logging, arguments));
        var data = DataLifetime.Of(builder, arguments);

        var postgres = builder.AddPostgresOrExisting("postgres", data);
        var checkoutDb = postgres.AddDatabase("checkoutdb");
        var inventoryDb = postgres.AddDatabase("inventorydb");
        var notificationsDb = postgres.AddDatabase("notificationsdb");
        var analyticsDb = postgres.AddDatabase("analyticsdb");
        var recommendationsDb = postgres.AddDatabase("recommendationsdb");
        var redis = builder.AddRedisOrExisting("redis", data);
        var kafka = builder.AddKafkaOrExisting("kafka", data);
        var smtp = builder.AddSmtpOrExisting("smtp");

        var topics = builder.AddProject<Projects.EventDriven_Cli>("topics")
            .WithArgs(TopicsCommand(builder.ExecutionContext))
            .WithReference(kafka).WaitFor(kafka);

        var inventory = builder.AddService<Projects.Inventory_Worker>("inventory", service => service
            .WithReference(inventoryDb).WithReference(redis).WithReference(kafka)
            .WithEnvironment("Messaging__Receipts", "true")
            .WaitFor(inventoryDb).WaitFor(redis).WaitForCompletion(topics));

        var checkout = builder.AddService<Projects.Checkout_Api>("checkout", service => service
            .WithExternalHttpEndpoints()
            .WithReference(checkoutDb).WithReference(redis).WithReference(kafka).WithReference(inventory)
            .WithEnvironment("Messaging__Receipts", "true")
            .WithPaymentProvider()
            .WaitFor(checkoutDb).WaitFor(redis).WaitForCompletion(topics)
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/scalar", DisplayText = "API reference" }));

        builder.AddService<Projects.Notifications_Worker>("notifications", service => service
            .WithReference(notificationsDb).WithReference(redis).WithReference(kafka).WithReference(smtp)
            .WithEnvironment("Messaging__Receipts", "true")
            .WaitFor(notificationsDb).WaitFor(redis).WaitForCompletion(topics));

        builder.AddService<Projects.Analytics_Worker>("analytics", service => service
            .WithReference(analyticsDb).WithReference(redis).WithReference(kafka).WithReference(checkout)
            .WithEnvironment("Messaging__Receipts", "true")
            .WaitFor(analyticsDb).WaitFor(redis).WaitForCompletion(topics));

        builder.AddService<Projects.Recommendations_Worker>("recommendations", service => service
            .WithReference(recommendationsDb).WithReference(redis).WithReference(kafka)
            .WithEnvironment("Messaging__Receipts", "true")
            .WaitFor(recommendationsDb).WaitFor(redis).WaitForCompletion(topics));

        return builder.Build();
    }

    /// <summary>The AppHost itself answers the dashboard's requests, several a second; and the demo's tables are to be read.</summary>
    private static void Quiet(ILoggingBuilder logging, AppHostArguments arguments) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Aspire.Hosting", arguments.Demo ? LogLevel.Warning : LogLevel.Information);

    /// <summary>Where the application is deployed to, what ends is started again and again; there the command stays when it is done.</summary>
    private static string[] TopicsCommand(DistributedApplicationExecutionContext context) =>
        context.IsPublishMode ? ["topics", "apply", "--yes", "--stay"] : ["topics", "apply", "--yes"];
}
#endif
