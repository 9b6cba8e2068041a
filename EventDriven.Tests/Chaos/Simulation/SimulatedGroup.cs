using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;
using EventDriven.Messaging.Lag;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>A consumer group: sessions that read partitions, and the tables of its database.</summary>
/// <param name="world">Chance, time, and the defect.</param>
/// <param name="log">What it reads.</param>
/// <param name="name">Its name.</param>
/// <param name="topics">Its topics.</param>
/// <param name="types">The types that it handles.</param>
/// <param name="keepsOffsets">Whether its offsets commit with its effects.</param>
/// <param name="apply">The handler. All that it does commits with the inbox row.</param>
internal sealed class SimulatedGroup(
    World world,
    SimulatedLog log,
    string name,
    IReadOnlyList<string> topics,
    IReadOnlyCollection<string> types,
    bool keepsOffsets,
    Action<LoggedRecord> apply)
{
    private const int MaxPending = 8;
    private const int Attempts = 3;
    private const double Together = 0.2;
    private const double Discarding = 0.1;

    private readonly Dictionary<Guid, InboxRow> _inbox = [];
    private readonly List<StoredDeadLetter> _deadLetters = [];
    private readonly Dictionary<(string Topic, int Partition), long> _offsets = [];
    private readonly Dictionary<(string Topic, int Partition), Session> _sessions = [];
    private readonly List<Session> _zombies = [];
    private readonly HashSet<Guid> _broken = [];
    private readonly HashSet<Guid> _wellKnown = [];
    private readonly HashSet<(string Topic, int Partition)> _forgotten = [];
    private (DateTimeOffset Begun, long Number) _transaction;

    /// <summary>Whether handlers fail now and then.</summary>
    public bool IsFailing { get; set; } = true;

    /// <summary>What is left of it.</summary>
    public GroupEvidence Evidence => new(
        name, [.. topics], [], Bound.ToDictionary(type => type, _ => DateTimeOffset.MinValue, StringComparer.Ordinal), _inbox, _deadLetters,
        _offsets);

    /// <summary>Whether there is something to read, to handle or to store.</summary>
    public bool HasWork => Partitions.Any(partition => _offsets.GetValueOrDefault(partition) < log.Read(partition).Count)
        || _sessions.Values.Any(session => session.Pending.Count > 0) || _zombies.Count > 0;

    /// <summary>How far it is behind, as an instance reports it.</summary>
    public LagReading Lag()
    {
        var partitions = SimulatedLog.PartitionsOf(topics).Select(Lag).ToList();
        var oldest = partitions.Where(partition => partition.Events > 0).Select(partition => partition.OldestAt)
            .DefaultIfEmpty(world.Now).Min();
        return new LagReading(
            name, world.Now, world.Now,
            new LagAnswer(
                name, world.Now, partitions.Sum(partition => partition.Events), (world.Now - oldest)!.Value.TotalSeconds, partitions));
    }

    /// <summary>One step of an instance: it reads, handles or stores an offset.</summary>
    public void Run()
    {
        if (_zombies.Count > 0 && world.Chance(0.1))
        {
            RunZombie(world.Pick(_zombies));
            return;
        }

        var partitions = Partitions
            .Where(p => _sessions.ContainsKey(p) || _offsets.GetValueOrDefault(p) < log.Read(p).Count).ToList();
        if (partitions.Count == 0)
        {
            return;
        }

        var session = Open(world.Pick(partitions));
        switch (world.Number(4))
        {
            case 1 or 2 when session.Next < log.Read(session.Partition).Count && session.Pending.Count < MaxPending:
                Read(session);
                break;
            case 4 when !keepsOffsets:
                Store(session);
                break;
            default:
                Handle(session);
                break;
        }
    }

    /// <summary>An instance dies, or all of them: what they knew is gone.</summary>
    public void Crash()
    {
        foreach (var session in _sessions.Values.Where(_ => world.Chance(0.7)).ToList())
        {
            _sessions.Remove(session.Partition);
        }

        _zombies.Clear();
    }

    /// <summary>A partition goes to another instance.</summary>
    public void Rebalance()
    {
        if (_sessions.Count == 0)
        {
            return;
        }

        var session = world.Pick(_sessions.Values.ToList());
        if (world.Has(Defect.LostWorkStored) && !keepsOffsets)
        {
            _offsets[session.Partition] = session.Next;
        }
        else if (!keepsOffsets && world.Chance(0.5))
        {
            Store(session);
        }

        _sessions.Remove(session.Partition);
        if (world.Shows(Defect.PartitionForgotten, 0.2))
        {
            _forgotten.Add(session.Partition);
        }

        if (world.Has(Defect.NoFencing) && session.Pending.Count > 0)
        {
            _zombies.Add(session);
        }
    }

    /// <summary>An operator has the log read again.</summary>
    public void Replay()
    {
        _sessions.Clear();
        foreach (var partition in _offsets.Keys.ToList())
        {
            _offsets[partition] = 0;
        }

        if (world.Has(Defect.ReplayRepeatsEffects))
        {
            _inbox.Clear();
        }
    }

    /// <summary>An operator has dead letters handled again, of keys that have none that can't be read.</summary>
    public void Redrive()
    {
        if (world.Has(Defect.DeadLetterForgotten))
        {
            return;
        }

        var keys = _deadLetters.Where(letter => letter.IsOpen).GroupBy(letter => (letter.Topic, letter.Partition, letter.Key)).ToList();
        foreach (var key in keys)
        {
            if (key.Any(letter => letter.Reason == "unreadable"))
            {
                if (IsFailing && world.Chance(Discarding))
                {
                    Discard(key.Where(letter => letter.Reason == "unreadable"));
                }

                continue;
            }

            var letters = world.Has(Defect.RedriveOutOfOrder)
                ? key.OrderByDescending(letter => letter.Offset)
                : key.OrderBy(letter => letter.Offset);
            foreach (var letter in letters)
            {
                if (log.Read((letter.Topic, letter.Partition)).ElementAtOrDefault((int)letter.Offset) is { Event: { } fact } record)
                {
                    _broken.Remove(fact.Identity);
                    Apply(record, isFenced: true);
                }

                _deadLetters[_deadLetters.IndexOf(letter)] = letter with { State = "redriven" };
            }

            if (_sessions.TryGetValue((key.Key.Topic, key.Key.Partition), out var session))
            {
                session.Parked.Remove(key.Key.Key!);
            }
        }
    }

    private PartitionLagAnswer Lag((string Topic, int Partition) partition)
    {
        var records = log.Read(partition);
        var position = world.Has(Defect.LagOfWhatWasRead) && _sessions.TryGetValue(partition, out var session)
            ? session.Next
            : _offsets.GetValueOrDefault(partition);
        var oldest = world.Has(Defect.LagOfNewest)
            ? records.ElementAtOrDefault(records.Count - 1) : records.ElementAtOrDefault((int)position);
        return new PartitionLagAnswer(
            partition.Topic, partition.Partition, position, records.Count, records.Count - position, Seconds: null,
            position < records.Count ? oldest?.Event?.Time ?? oldest?.WrittenAt : null);
    }

    // What stands behind them is redriven then.
    private void Discard(IEnumerable<StoredDeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            _deadLetters[_deadLetters.IndexOf(letter)] = letter with { State = "discarded" };
            if (_sessions.TryGetValue((letter.Topic, letter.Partition), out var session)
                && !_deadLetters.Exists(other => other.IsOpen && other.Key == letter.Key && other.Topic == letter.Topic))
            {
                session.Parked.Remove(letter.Key!);
            }
        }
    }

    private IReadOnlyCollection<string> Bound =>
        world.Has(Defect.HandlerMissing) ? [.. types.Where(type => type != EventTypes.UserSignedUp)] : types;

    private IEnumerable<(string Topic, int Partition)> Partitions =>
        SimulatedLog.PartitionsOf(topics).Where(partition => !_forgotten.Contains(partition));

    private Session Open((string Topic, int Partition) partition)
    {
        if (!_sessions.TryGetValue(partition, out var session))
        {
            var parked = _deadLetters.Where(letter => letter.IsOpen && (letter.Topic, letter.Partition) == partition)
                .Select(letter => letter.Key!);
            _sessions.Add(partition, session = new Session(partition, _offsets.GetValueOrDefault(partition), parked));
        }

        return session;
    }

    private void Read(Session session)
    {
        session.Pending.Add(log.Read(session.Partition)[(int)session.Next++]);
        if (world.Has(Defect.OffsetBeforeEffect))
        {
            _offsets[session.Partition] = session.Next;
        }
    }

    private void Store(Session session)
    {
        var next = session.Pending.Count > 0 ? session.Pending[0].Offset : session.Next;
        var stored = world.Has(Defect.OffsetPastGap) ? Math.Max(next, session.Highest + 1) : next;
        _offsets[session.Partition] = Math.Max(stored, _offsets.GetValueOrDefault(session.Partition));
    }

    private void Handle(Session session)
    {
        var heads = keepsOffsets ? session.Pending.Take(1).ToList() : Heads(session);
        if (heads.Count == 0)
        {
            return;
        }

        var record = world.Pick(heads);
        if (!TryDo(session, record))
        {
            return;
        }

        session.Pending.Remove(record);
        session.Highest = Math.Max(session.Highest, record.Offset);
        if (keepsOffsets)
        {
            _offsets[session.Partition] = record.Offset + 1;
        }
    }

    // The first of each key: a key is a lane.
    private List<LoggedRecord> Heads(Session session) => world.Has(Defect.RetryOvertaken)
        ? [.. session.Pending.GroupBy(record => record.Key).Select(
            key => key.FirstOrDefault(record => !session.Failures.ContainsKey(record.Offset)) ?? key.First())]
        : [.. session.Pending.GroupBy(record => record.Key).Select(key => key.First())];

    private bool TryDo(Session session, LoggedRecord record)
    {
        world.Tick();
        if (_deadLetters.Exists(
            letter => letter.Offset == record.Offset && letter.Partition == record.Partition && letter.Topic == record.Topic))
        {
            return true;
        }

        if (record.Event is not { } fact)
        {
            if (!world.Has(Defect.UnreadableRecordDropped))
            {
                Park(session, record, "unreadable");
            }

            return true;
        }

        if (!Bound.Contains(fact.Type) || (_inbox.ContainsKey(fact.Identity) && !world.Has(Defect.NoInbox)))
        {
            return true;
        }

        if (session.Parked.Contains(record.Key!) && !world.Has(Defect.ParkedKeyOvertaken))
        {
            Park(session, record, "behind");
            return true;
        }

        if (Fails(session, record))
        {
            return IsLastAttempt(session, record);
        }

        Apply(record, isFenced: true);
        return true;
    }

    private bool Fails(Session session, LoggedRecord record)
    {
        var identity = record.Event!.Identity;
        if (_wellKnown.Add(identity) && IsFailing && world.Chance(0.08))
        {
            _broken.Add(identity);
        }

        var fails = _broken.Contains(identity)
            || (IsFailing && world.Chance(0.15) && session.Failures.GetValueOrDefault(record.Offset) < 1);
        if (fails)
        {
            session.Failures[record.Offset] = session.Failures.GetValueOrDefault(record.Offset) + 1;
        }

        return fails;
    }

    private bool IsLastAttempt(Session session, LoggedRecord record)
    {
        if (session.Failures[record.Offset] < Attempts)
        {
            return false;
        }

        if (!world.Has(Defect.FailedEventDropped))
        {
            Park(session, record, "failed");
        }

        return true;
    }

    private void Park(Session session, LoggedRecord record, string reason)
    {
        _deadLetters.Add(new StoredDeadLetter(record.Topic, record.Partition, record.Offset, record.Key, reason, "parked", Error: null));
        session.Parked.Add(record.Key!);
    }

    /// <summary>Handles an event in a transaction.</summary>
    private void Apply(LoggedRecord record, bool isFenced)
    {
        world.Tick();
        var identity = record.Event!.Identity;
        if (_inbox.ContainsKey(identity) && isFenced && !world.Has(Defect.NoInbox))
        {
            return;
        }

        // Some are handled together with the one before, in one transaction.
        if (!world.Chance(Together))
        {
            _transaction = (world.Now, _transaction.Number + 1);
        }

        var commitsEarly = world.Has(Defect.InboxBeforeEffect) || (keepsOffsets && world.Has(Defect.ReadModelOutsideTransaction));
        if (commitsEarly && world.Chance(0.2))
        {
            _inbox.TryAdd(identity, new InboxRow(identity, _transaction.Begun, _transaction.Number));
            return;
        }

        apply(record);
        _inbox.TryAdd(identity, new InboxRow(identity, _transaction.Begun, _transaction.Number));
    }

    private void RunZombie(Session zombie)
    {
        var record = zombie.Pending[0];
        zombie.Pending.RemoveAt(0);
        if (zombie.Pending.Count == 0)
        {
            _zombies.Remove(zombie);
        }

        if (record.Event is { } fact && Bound.Contains(fact.Type))
        {
            Apply(record, isFenced: false);
        }
    }
}
