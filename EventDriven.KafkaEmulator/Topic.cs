namespace EventDriven.KafkaEmulator;

/// <summary>A topic to create. The mock cluster accepts any name and number, so Kafka's rules are checked here.</summary>
internal sealed record Topic(string Name, int Partitions)
{
    private const int MaxNameLength = 249;
    private const int MaxPartitions = 1_000;

    /// <exception cref="FormatException">Kafka would refuse the name, or the number of partitions is not from 1 to 1,000.</exception>
    public static Topic Parse(string name, string? partitions)
    {
        if (name is "" or "." or ".." || name.Length > MaxNameLength || !name.All(IsLegal))
        {
            throw new FormatException(
                $"'{name}' can't name a topic: Kafka takes 1 to {MaxNameLength} ASCII letters, digits, '.', '_' and '-', but "
                + "neither '.' nor '..'.");
        }

        return int.TryParse(partitions, out var number) && number is >= 1 and <= MaxPartitions
            ? new Topic(name, number)
            : throw new FormatException($"Topic '{name}' needs a number of partitions from 1 to {MaxPartitions}, not '{partitions}'.");
    }

    private static bool IsLegal(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';
}
