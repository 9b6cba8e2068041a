using EventDriven.Contracts;
using EventDriven.LocalHost.Kafka;
using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Resources;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Model;

/// <summary>Collects the resources that <see cref="ApplicationModel"/> names, leaving out the services that aren't wanted.</summary>
internal sealed class LocalModel(LocalApplicationOptions options, DataDirectory data, PrefixedOutput output)
{
    private readonly Secrets secrets = new(data);
    private readonly BuildOutput build = new(options.Configuration);
    private readonly List<LocalResource> resources = [];
    private readonly string builtInLog = $"built-in {Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";
    private Dashboard? dashboard;

    /// <summary>All resources; each stands after those that it depends on.</summary>
    public IReadOnlyList<LocalResource> Resources => resources;

    /// <summary>Where mails go as files, as long as no SMTP server is referenced.</summary>
    public string MailDirectory => data.Folder("mail");

    /// <summary>Whether services tell what they did with each event, as a setting.</summary>
    public string Receipts => options.Receipts ? "true" : "false";

    public PostgresServer AddPostgres(string name) =>
        Add(new PostgresServer(name, NewLog(name), data, secrets.Password(name), options.Ephemeral));

    public PostgresDatabase AddDatabase(PostgresServer server, string name)
    {
        var database = Add(new PostgresDatabase(name, NewLog(name), server));
        database.DependsOn.Add(server);
        return database;
    }

    public RedisServer AddRedis(string name) => Add(new RedisServer(name, NewLog(name), data, secrets.Password(name)));

    public LocalResource AddKafka(string name, IReadOnlyList<TopicDefinition> topics) =>
        options.KafkaHome is { } home
            ? Add(new ApacheKafka(name, NewLog(name), data, home))
            : Add(new BuiltInKafka(name, NewLog(name), topics));

    /// <summary>The dashboard, when it is wanted and installed; services that are added after it send it their telemetry, as under Aspire.</summary>
    public void AddDashboard(string name)
    {
        if (options.Dashboard && DashboardProgram.Find() is { } command)
        {
            dashboard = Add(new Dashboard(name, NewLog(name), data, command, secrets.Password(name), secrets.Password(name + "-otlp")));
        }
    }

    /// <summary>A project that runs to its end, when any service runs at all.</summary>
    public ProjectGroup AddCommand(string name, string project, params string[] arguments)
    {
        var command = new CommandRun(name, NewLog(name), data, build.Program(project), arguments);
        if (options.Services is not { Count: 0 })
        {
            Add(command);
        }

        return new ProjectGroup(name, [command]);
    }

    /// <summary>A project that serves HTTP, in as many instances as asked for.</summary>
    public ProjectGroup AddService(string name, string project)
    {
        var instances = Enumerable.Range(1, options.Replicas)
            .Select(number => number == 1 ? name : $"{name}-{number}")
            .Select(instance => new ServiceInstance(instance, name, NewLog(instance), data, build.Program(project)))
            .ToList();
        foreach (var instance in instances)
        {
            // The built-in cluster can't say its id, and begins a new log with each run: offsets of an earlier one must not count.
            if (options.KafkaHome is null)
            {
                instance.AddEnvironment("Messaging__Cluster", () => builtInLog);
            }

            if (dashboard is not null)
            {
                instance.AddEnvironment(dashboard.ExporterEnvironment);
                instance.DependsOn.Add(dashboard);
            }

            instance.AddEnvironment(options.Environment.GetValueOrDefault(name));
            instance.AddEnvironment(instance.Name == name ? null : options.Environment.GetValueOrDefault(instance.Name));
        }

        if (options.Services is null || options.Services.Contains(name))
        {
            resources.AddRange(instances);
        }

        return new ProjectGroup(name, instances);
    }

    private ResourceLog NewLog(string name) => new(name, data.LogFile(name), output);

    private T Add<T>(T resource)
        where T : LocalResource
    {
        resources.Add(resource);
        return resource;
    }
}
