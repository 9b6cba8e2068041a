using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Hosting.Postgres;

/// <summary>Marks the connection string of a database that a job of the deployment makes.</summary>
/// <param name="Server">Its server.</param>
internal sealed record PublishedDatabase(IResource Server) : IResourceAnnotation;
