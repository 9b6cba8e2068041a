using EventDriven.Contracts;

namespace EventDriven.LocalHost.Model;

/// <summary>What the application consists of, as the Aspire AppHost says it too.</summary>
internal static class ApplicationModel
{
    public static void Describe(LocalModel local)
    {
        var postgres = local.AddPostgres("postgres");
        var checkoutDb = local.AddDatabase(postgres, "checkoutdb");
        var inventoryDb = local.AddDatabase(postgres, "inventorydb");
        var notificationsDb = local.AddDatabase(postgres, "notificationsdb");
        var analyticsDb = local.AddDatabase(postgres, "analyticsdb");
        var recommendationsDb = local.AddDatabase(postgres, "recommendationsdb");
        var redis = local.AddRedis("redis");
        var kafka = local.AddKafka("kafka", Topics.All);

        local.AddDashboard("dashboard");

        var topics = local.AddCommand("topics", "EventDriven.Cli", "topics", "apply", "--yes")
            .WithReference(kafka).WaitFor(kafka);

        var inventory = local.AddService("inventory", "Inventory.Worker")
            .WithReference(inventoryDb).WithReference(redis).WithReference(kafka)
            .WithEnvironment("Messaging__Receipts", local.Receipts)
            .WaitFor(inventoryDb).WaitFor(redis).WaitForCompletion(topics)
            .WithHttpHealthCheck("/health");

        var checkout = local.AddService("checkout", "Checkout.Api")
            .WithReference(checkoutDb).WithReference(redis).WithReference(kafka).WithReference(inventory)
            .WithEnvironment("Messaging__Receipts", local.Receipts)
            .WaitFor(checkoutDb).WaitFor(redis).WaitForCompletion(topics)
            .WithHttpHealthCheck("/health");

        local.AddService("notifications", "Notifications.Worker")
            .WithReference(notificationsDb).WithReference(redis).WithReference(kafka)
            .WithEnvironment("Mail__Directory", local.MailDirectory)
            .WithEnvironment("Messaging__Receipts", local.Receipts)
            .WaitFor(notificationsDb).WaitFor(redis).WaitForCompletion(topics)
            .WithHttpHealthCheck("/health");

        local.AddService("analytics", "Analytics.Worker")
            .WithReference(analyticsDb).WithReference(redis).WithReference(kafka).WithReference(checkout)
            .WithEnvironment("Messaging__Receipts", local.Receipts)
            .WaitFor(analyticsDb).WaitFor(redis).WaitForCompletion(topics)
            .WithHttpHealthCheck("/health");

        local.AddService("recommendations", "Recommendations.Worker")
            .WithReference(recommendationsDb).WithReference(redis).WithReference(kafka)
            .WithEnvironment("Messaging__Receipts", local.Receipts)
            .WaitFor(recommendationsDb).WaitFor(redis).WaitForCompletion(topics)
            .WithHttpHealthCheck("/health");
    }
}
