namespace EventDriven.Messaging.Operations.Services;

/// <summary>Where an instance of a service answers by HTTP.</summary>
/// <param name="Name">The service, with a number when it is not the first instance.</param>
/// <param name="Address">Its address, such as <c>http://localhost:5000</c>.</param>
public sealed record ServiceAddress(string Name, Uri Address);
