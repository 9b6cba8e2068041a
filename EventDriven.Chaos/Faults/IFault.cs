namespace EventDriven.Chaos.Faults;

/// <summary>A fault of a run. Each kind is one small class.</summary>
internal interface IFault
{
    /// <summary>
    /// How long it may take to be undone when the run is stopped. The application stops with its run: nobody waits until another process
    /// takes a place.
    /// </summary>
    TimeSpan UndoBound => TimeSpan.FromSeconds(2);

    /// <summary>Lets it happen.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Undoes it, also when it has begun only in part, and tells whether anybody noticed.</summary>
    Task<FaultEffect> EndAsync(CancellationToken cancellationToken);
}
