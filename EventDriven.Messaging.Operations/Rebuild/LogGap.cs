namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>Something that the read model was made from and the log doesn't have.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="What">What is gone; the sentence begins with the topic's name.</param>
/// <param name="IsHearsay">Whether nothing rests on the topic, so that its loss is shown and not refused.</param>
internal sealed record LogGap(string Topic, string What, bool IsHearsay)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Topic} {What}";
}
