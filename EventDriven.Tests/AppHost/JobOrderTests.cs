using Aspire.Hosting.ApplicationModel;
using EventDriven.AppHost.Model;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Postgres;

namespace EventDriven.Tests.AppHost;

/// <summary>In which order the jobs of a deployment run.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class JobOrderTests
{
    [Theory]
    [InlineData("Acls=true", "acls: databases; topics: acls databases")]
    [InlineData("Acls=false", "topics: databases")]
    public void Databases_come_first_then_access_rules_then_topics(string acls, string order)
    {
        var builder = DescribedModel.Begin("--operation", "publish", "Existing=kafka", acls);
        var postgres = builder.AddPostgresServer("postgres");
        var audit = postgres.AddServerDatabase("auditdb");
        var kafka = builder.AddKafkaServer("kafka", []);
        var topics = builder.AddTopicsJob();
        kafka.AddAclsJob(audit, before: topics);
        postgres.AddDatabasesJob();

        var jobs = builder.Resources.OfType<ProjectResource>().ToList();

        Assert.Equal(order, string.Join("; ", jobs
            .Select(job => (job.Name, WaitsFor: jobs.Where(other => job.Annotations.OfType<WaitAnnotation>().Any(
                wait => wait.Resource == other && wait.WaitType == WaitType.WaitForCompletion)).Select(other => other.Name).Order()))
            .Where(job => job.WaitsFor.Any())
            .OrderBy(job => job.Name, StringComparer.Ordinal)
            .Select(job => $"{job.Name}: {string.Join(' ', job.WaitsFor)}")));
    }
}
