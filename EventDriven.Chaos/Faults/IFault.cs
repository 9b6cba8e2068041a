namespace EventDriven.Chaos.Faults;

/// <summary>A fault of a run. Each kind is one small class.</summary>
internal interface IFault
{
    /// <summary>Lets it happen.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Undoes it, also when it has begun only in part, and tells whether anybody noticed.</summary>
    Task<FaultEffect> EndAsync(CancellationToken cancellationToken);
}
