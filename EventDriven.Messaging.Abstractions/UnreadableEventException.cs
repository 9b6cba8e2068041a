namespace EventDriven.Messaging;

/// <summary>A record on a topic is no event that can be read: trying again will not help, and skipping it would lose it.</summary>
public sealed class UnreadableEventException : Exception
{
    public UnreadableEventException()
        : this("The record is no readable event.")
    {
    }

    public UnreadableEventException(string message)
        : base(message)
    {
    }

    public UnreadableEventException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The data is not what its consumer reads.</summary>
    /// <param name="record">The consumer's own record.</param>
    /// <param name="why">A sentence that names the field, and never its value.</param>
    /// <param name="cause">What found it out.</param>
    internal static UnreadableEventException OfData(Type record, string why, Exception? cause = null) =>
        new($"The data is not {("AEIOU".Contains(record.Name[0], StringComparison.Ordinal) ? "an" : "a")} {record.Name}: {why}", cause!);
}
