namespace Notifications.Worker.Sending;

/// <summary>A message whose copy is to be removed.</summary>
internal sealed record WithdrawnMessage(Guid Identity, string Kind);
