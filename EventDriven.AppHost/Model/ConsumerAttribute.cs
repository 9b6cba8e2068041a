using EventDriven.Hosting.Services;

namespace EventDriven.AppHost.Model;

/// <summary>
/// Declares a consumer: a service that only listens to events, with a database of its own. One line a consumer, in a file of its own in
/// <c>Consumers/</c>, so that adding one changes no other file (ADR 0037).
/// </summary>
/// <param name="name">Name of the service and of its consumer group.</param>
/// <param name="port">Port of the first instance, unless it is taken.</param>
/// <typeparam name="TProject">The project, which the AppHost refers to when its folder is called <c>….Worker</c>.</typeparam>
internal sealed class ConsumerAttribute<TProject>(string name, int port) : DeclaredConsumerAttribute(name, port)
    where TProject : IProjectMetadata, new()
{
    public override void AddTo(IDistributedApplicationBuilder builder, Action<IResourceBuilder<ProjectResource>> describe) =>
        builder.AddService<TProject>(Name, Port, describe);
}
