namespace EventDriven.Messaging.Consuming;

/// <summary>A group's replay was set while an instance was joining the group; the instance begins anew.</summary>
internal sealed class ReplayedMeanwhileException(string group)
    : Exception($"A replay of group {group} was set while this instance was joining it.");
