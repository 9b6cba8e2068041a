using EventDriven.Hosting;
using EventDriven.Hosting.Services;

namespace EventDriven.AppHost.Model;

/// <summary>Kafka's access rules in a deployment, where they are asked for (ADR 0059).</summary>
internal static class AccessRules
{
    private const string Setting = "Acls";
    private const string Operator = "operator";

    /// <summary>
    /// Adds <c>acls apply</c> to a deployment with the setting <c>Acls=true</c>: each service then has a connection string of its own, such
    /// as <c>kafka-checkout</c>, and the job allows it what its program declares. The job has the administrator's connection string, which
    /// no service has. <c>Acls:Principals:checkout=User:…</c> names a principal that is not <c>User:checkout</c>.
    /// </summary>
    /// <param name="kafka">The log.</param>
    /// <param name="auditTrail">Where the change is recorded.</param>
    /// <param name="before">The job that runs next, as the operator.</param>
    /// <exception cref="HostingException">A setting is wrong, or Kafka is a container of the deployment, which has no logins.</exception>
    public static void AddAclsJob(
        this IResourceBuilder<IResourceWithConnectionString> kafka,
        IResourceBuilder<IResourceWithConnectionString> auditTrail,
        IResourceBuilder<ProjectResource> before)
    {
        var builder = kafka.ApplicationBuilder;
        var name = kafka.Resource.Name;
        if (!builder.ExecutionContext.IsPublishMode || !IsAskedFor(builder))
        {
            return;
        }

        if (!ServerHost.Of(builder).Exists(name))
        {
            throw new HostingException($"{Setting}=true needs a Kafka that you have and that has logins: set Existing={name}.");
        }

        var services = ServiceDeclaration.Services(builder).Where(service => Uses(service, name)).ToList();
        var principals = Principals(builder, services);
        foreach (var service in services)
        {
            // Instead of the one that it has: Aspire refuses two references with one name.
            builder.CreateResourceBuilder(service).WithEnvironment(
                $"ConnectionStrings__{name}", builder.ConnectionString(Own(name, service)));
        }

        // Asked once, however often what is published is looked at.
        Task<IReadOnlyList<string>>? declared = null;
        var job = builder.AddJob("acls", "acls", "apply")
            .WithReference(auditTrail)
            .WithReference(builder.ConnectionString($"{name}-administrator"), connectionName: name)
            .WithArgs([.. principals])
            .WithArgs(async context =>
            {
                declared ??= DeclaredAsync(services, Settings.Receipts(builder), context.CancellationToken);
                foreach (var argument in await declared)
                {
                    context.Args.Add(argument);
                }
            });
        before.WaitForCompletion(job);
    }

    private static bool IsAskedFor(IDistributedApplicationBuilder builder) => builder.Configuration[Setting] switch
    {
        null or "" => false,
        var given when bool.TryParse(given, out var isAskedFor) => isAskedFor,
        var given => throw new HostingException($"{Setting} is true or false, not '{given}'."),
    };

    private static bool Uses(ProjectResource service, string kafka) => service.Annotations.OfType<ResourceRelationshipAnnotation>()
        .Any(relationship => relationship.Resource.Name == kafka || relationship.Resource.Name == Own(kafka, service));

    private static string Own(string kafka, ProjectResource service) => $"{kafka}-{service.ServiceName()}";

    private static IEnumerable<string> Principals(IDistributedApplicationBuilder builder, List<ProjectResource> services)
    {
        var known = services.Select(service => service.ServiceName()).Append(Operator).ToList();
        foreach (var principal in builder.Configuration.GetSection($"{Setting}:Principals").GetChildren())
        {
            if (!known.Contains(principal.Key, StringComparer.Ordinal))
            {
                throw new HostingException(
                    $"{principal.Path} names a service that there is not: they are {string.Join(", ", known)}.");
            }

            yield return "--principal";
            yield return $"{principal.Key}={principal.Value}";
        }
    }

    private static async Task<IReadOnlyList<string>> DeclaredAsync(
        List<ProjectResource> services, string receipts, CancellationToken cancellationToken)
    {
        var declared = await Task.WhenAll(services.Select(service => ServiceDeclaration.AskAsync(service, receipts, cancellationToken)));
        return [.. services.Zip(declared).SelectMany(said => Arguments(said.First.ServiceName(), said.Second))];
    }

    private static IEnumerable<string> Arguments(string service, ServiceDeclaration declared)
    {
        if (declared.Writes.Count > 0)
        {
            yield return "--writes";
            yield return $"{service}={string.Join(',', declared.Writes)}";
        }

        foreach (var group in declared.Groups)
        {
            if (group.Name.AsSpan().ContainsAny(":=,"))
            {
                throw new HostingException(
                    $"The group '{group.Name}' of '{service}' can't be told to the job, because its name has a colon, a comma or an equals "
                    + $"sign: rename it, or leave {Setting} out and run ./eventdriven acls apply.");
            }

            yield return "--reads";
            yield return $"{service}={group.Name}:{string.Join(',', group.Topics)}";
        }
    }

    // WithKafka has already added a service's own, if it is configured.
    private static IResourceBuilder<IResourceWithConnectionString> ConnectionString(
        this IDistributedApplicationBuilder builder, string name) =>
        builder.Resources.OfType<IResourceWithConnectionString>().SingleOrDefault(resource => resource.Name == name) is { } existing
            ? builder.CreateResourceBuilder(existing)
            : builder.AddConnectionString(name);
}
