using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Postgres;
using EventDriven.Hosting.Services;

var builder = DistributedApplication.CreateBuilder(args);

// A server is what its connection string names, else a container or a process of this machine. Kafka is KAFKA_HOME's, else an emulator.
var postgres = builder.AddPostgresServer("postgres");
var ordersDb = postgres.AddServerDatabase("ordersdb");
var shippingDb = postgres.AddServerDatabase("shippingdb");
var kafka = builder.AddKafkaServer("kafka", [new KafkaTopic("orders.v1", Partitions: 6)]);

builder.AddService<Projects.Storefront_Orders>("orders", port: 5201, service => service
    .WithReference(ordersDb).WithReference(kafka)
    .WaitFor(ordersDb).WaitFor(kafka));

builder.AddService<Projects.Storefront_Shipping>("shipping", port: 5202, service => service
    .WithReference(shippingDb).WithReference(kafka)
    .WaitFor(shippingDb).WaitFor(kafka));

await builder.Build().RunAsync();
