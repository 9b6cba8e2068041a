namespace EventDriven.Chaos.Links;

/// <summary>What is wrong with a link for a while. Each kind of trouble is one class.</summary>
internal abstract class LinkTrouble
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes;
    private long _connections;

    /// <summary>Bytes that were late, held back or lost.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Connections that were refused or cut.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Whether connections that exist when it begins are cut.</summary>
    public virtual bool CutsAtBegin => false;

    /// <summary>Whether it lets a client of the link connect to the server. It may take its time.</summary>
    /// <returns>False: the client's connection is reset.</returns>
    public virtual ValueTask<bool> AdmitAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <summary>Whether it lets bytes pass, which were received and not yet sent on. It may take its time.</summary>
    /// <returns>False: the bytes are lost, and the connection is reset.</returns>
    public abstract ValueTask<bool> PassAsync(LinkPassage passage, CancellationToken cancellationToken);

    /// <summary>The link is sound again.</summary>
    public void End() => _over.TrySetResult();

    /// <summary>Counts a connection that it cuts.</summary>
    public void CountCut() => Interlocked.Increment(ref _connections);

    protected Task OverAsync(CancellationToken cancellationToken) => _over.Task.WaitAsync(cancellationToken);

    protected void Count(int bytes) => Interlocked.Add(ref _bytes, bytes);
}
