namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>Puts events of one handler together without changing the order within a key (law L5).</summary>
internal static class EventRuns
{
    /// <summary>The events in runs of one binding each.</summary>
    public static IEnumerable<IReadOnlyList<EventAttempt>> Of(IReadOnlyList<EventAttempt> events)
    {
        var rest = events;
        while (rest.Count > 0)
        {
            var binding = rest[0].Binding;
            if (rest.All(e => e.Binding == binding))
            {
                yield return rest;
                yield break;
            }

            var run = new List<EventAttempt>(rest.Count);
            var later = new List<EventAttempt>();

            // What comes behind an event that is left for later must be left behind it.
            var held = new HashSet<string>(StringComparer.Ordinal);
            foreach (var next in rest)
            {
                if (next.Binding == binding && !held.Contains(next.Envelope.Subject))
                {
                    run.Add(next);
                }
                else
                {
                    held.Add(next.Envelope.Subject);
                    later.Add(next);
                }
            }

            yield return run;
            rest = later;
        }
    }
}
