namespace EventDriven.Chaos.Inside;

/// <summary>The fault rig has let a handler fail. Its name is the reason of the dead letters that it makes.</summary>
internal sealed class InjectedFailureException() : Exception("The fault rig lets this handler fail.");
