namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>Events that the read model was made from and that are no longer on the log.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="What">What is gone: the rest of a sentence that begins with the topic's name.</param>
/// <param name="IsHearsay">Whether the topic is hearsay, so that its loss is reported but does not stop the rebuild.</param>
internal sealed record LogGap(string Topic, string What, bool IsHearsay)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Topic} {What}";
}
