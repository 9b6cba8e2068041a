using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Hosting.Data;

/// <summary>
/// A connection string of one service alone. It is left out of the state file, whose entries a consumer gets that joins the application.
/// </summary>
internal sealed record NotInState : IResourceAnnotation;
