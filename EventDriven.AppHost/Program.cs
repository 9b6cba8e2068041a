using EventDriven.AppHost;
using EventDriven.AppHost.Running;
using EventDriven.Contracts;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Postgres;
using EventDriven.Hosting.Redis;
using EventDriven.Hosting.Services;
using EventDriven.Identity;

return await AppHostArguments.RunAsync(args, arguments => AppHostRun.RunAsync(arguments, Describe));

// What the application consists of.
static void Describe(IDistributedApplicationBuilder builder)
{
    var postgres = builder.AddPostgresServer("postgres");
    var checkoutDb = postgres.AddServerDatabase("checkoutdb");
    var inventoryDb = postgres.AddServerDatabase("inventorydb");
    var notificationsDb = postgres.AddServerDatabase("notificationsdb");
    var analyticsDb = postgres.AddServerDatabase("analyticsdb");
    var auditDb = postgres.AddAuditTrail();
    var redis = builder.AddRedisServer("redis", keys: ["inbox:*", "checkout:idempotency:*"]);
    var kafka = builder.AddKafkaServer(
        "kafka", [.. Topics.All.Select(topic => new KafkaTopic(topic.Name, topic.Partitions))], KafkaContainer.Add);

    var topics = builder.AddTopicsJob()
        .WithReference(auditDb).WithKafka(kafka)
        .WaitFor(auditDb).WaitFor(kafka);

    var inventory = builder.AddService<Projects.Inventory_Worker>("inventory", port: 5102, service => service
        .WithReference(inventoryDb).WithRedis(redis).WithKafka(kafka)
        .WithIdentities(Audiences.Inventory).WithContracts().WithReceipts()
        .WaitFor(inventoryDb).WaitFor(redis).WaitForCompletion(topics)
        .WithOperatorCommands());

    var checkout = builder.AddService<Projects.Checkout_Api>("checkout", port: 5101, service => service
        .WithExternalHttpEndpoints()
        .WithReference(checkoutDb).WithRedis(redis, "checkout:idempotency:*").WithKafka(kafka).WithReference(inventory)
        .WithIdentities(Audiences.Checkout).WithServiceToken(Audiences.Inventory)
        .WithContracts().WithReceipts().WithPaymentProvider().WithMasterKey()
        .WaitFor(checkoutDb).WaitFor(redis).WaitForCompletion(topics)
        .WithOperatorCommands());

    builder.AddService<Projects.Notifications_Worker>("notifications", port: 5103, service => service
        .WithReference(notificationsDb).WithRedis(redis).WithKafka(kafka).WithReference(checkout)
        .WithIdentities().WithServiceToken(Audiences.Checkout).WithReceipts().WithMail()
        .WaitFor(notificationsDb).WaitFor(redis).WaitForCompletion(topics)
        .WithOperatorCommands());

    builder.AddService<Projects.Analytics_Worker>("analytics", port: 5104, service => service
        .WithReference(analyticsDb).WithRedis(redis).WithKafka(kafka).WithReference(checkout)
        .WithIdentities().WithReceipts()
        .WaitFor(analyticsDb).WaitFor(redis).WaitForCompletion(topics)
        .WithOperatorCommands());

    // Consumers/ has a line for each: Recommendations, and those that `dotnet new eventdriven-worker` adds.
    builder.AddDeclaredConsumers(postgres, redis, kafka, topics);

    // What operators look at and act with: it refers to all of the above.
    builder.AddControlRoom<Projects.EventDriven_ControlRoom>(port: 5106, kafka);

    // In a deployment: what services may do on Kafka, and the roles and databases that the connection strings above name.
    kafka.AddAclsJob(auditDb, before: topics);
    postgres.AddDatabasesJob();
}
