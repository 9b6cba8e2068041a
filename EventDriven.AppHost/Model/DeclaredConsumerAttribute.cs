using EventDriven.Hosting.Services;

namespace EventDriven.AppHost.Model;

/// <summary>What <see cref="ConsumerAttribute{TProject}"/> says of a consumer, whichever project it is.</summary>
/// <param name="name">Name of the service and of its consumer group.</param>
/// <param name="port">Port of the first instance, unless it is taken.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal abstract class DeclaredConsumerAttribute(string name, int port) : Attribute
{
    /// <summary>Name of the service.</summary>
    public string Name => name;

    /// <summary>Port of the first instance.</summary>
    public int Port => port;

    /// <summary>Its database, and the connection string by which it finds it: the name without dashes, and <c>db</c>.</summary>
    public string Database => $"{name.Replace("-", "", StringComparison.Ordinal)}db";

    /// <summary>Adds the service, as <see cref="ServiceExtensions.AddService"/> does.</summary>
    public abstract void AddTo(IDistributedApplicationBuilder builder, Action<IResourceBuilder<ProjectResource>> describe);
}
