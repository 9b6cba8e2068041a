using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Hosting.Data;

/// <summary>What a resource adds to <see cref="StateFile"/>: an environment variable that services of the application have.</summary>
internal sealed record StateEntry(string Name, string Value) : IResourceAnnotation;
