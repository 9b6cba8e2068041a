using System.Diagnostics.CodeAnalysis;
using EventDriven.Messaging.Privacy;
using Npgsql;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>
/// <see cref="IOutbox"/> for a transaction that a service writes in SQL, where EF Core's <c>SaveChanges</c> would cost too much.
/// </summary>
public sealed class OutboxCommands
{
    private const string Columns = "(event_id, topic, key, type, time, correlation_id, causation_id, trace_parent, trace_state, data)";
    private const int ColumnCount = 10;
    private const string Row = "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    private const string InsertValues = $"INSERT INTO messaging.outbox {Columns} VALUES ";
    private const string InsertRow = $"{InsertValues}{Row}";
    private const string InsertSelected = $"INSERT INTO messaging.outbox {Columns} SELECT event.* FROM (VALUES ";
    private const string Where = $") AS event {Columns} WHERE ";

    private readonly OutboxMessageFactory _messages;
    private readonly OutboxSignal _signal;

    private readonly ISubjectKeys? _keys;

    internal OutboxCommands(OutboxMessageFactory messages, OutboxSignal signal, ISubjectKeys? keys)
    {
        _messages = messages;
        _signal = signal;
        _keys = keys;
    }

    /// <summary>
    /// The command that stores an event. It belongs in the transaction of the state change (law L3). Call <see cref="Committed"/> after the
    /// commit.
    /// </summary>
    /// <inheritdoc cref="IOutbox.Add"/>
    public NpgsqlBatchCommand Insert<TEvent>(TEvent @event, DateTimeOffset occurredAt)
        where TEvent : notnull => Command(@event, occurredAt, condition: null);

    /// <summary>
    /// The command that stores an event if a condition holds. It is for a batch that learns only while it runs whether there is a state
    /// change, such as one that begins with <c>INSERT … ON CONFLICT DO NOTHING</c>.
    /// </summary>
    /// <param name="event">The fact.</param>
    /// <param name="occurredAt">When it happened.</param>
    /// <param name="condition">
    /// SQL, a constant: it becomes part of the command's text. It may name the event's columns, as in <c>event.key = current_setting('…',
    /// true)</c>.
    /// </param>
    /// <exception cref="InvalidOperationException">See <see cref="IOutbox.Add"/>.</exception>
    public NpgsqlBatchCommand Insert<TEvent>(TEvent @event, DateTimeOffset occurredAt, [ConstantExpected] string condition)
        where TEvent : notnull => Command(@event, occurredAt, condition);

    private NpgsqlBatchCommand Command<TEvent>(TEvent @event, DateTimeOffset occurredAt, string? condition)
        where TEvent : notnull
    {
        var rows = _messages.Create(@event, occurredAt, _keys);
        var command = new NpgsqlBatchCommand((rows.Length, condition) switch
        {
            (1, null) => InsertRow,
            (var count, null) => InsertValues + Rows(count),
            (var count, _) => string.Concat(InsertSelected, Rows(count), Where, condition),
        });
        foreach (var message in rows)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message.EventId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.Topic });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.Key });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.Type });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = message.Time });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.CorrelationId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.CausationId });
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = message.TraceParent });
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = message.TraceState });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = message.Data });
        }

        return command;
    }

    private static string Rows(int count) => count == 1 ? Row : string.Join(", ", Enumerable.Range(0, count).Select(
        row => $"({string.Join(", ", Enumerable.Range((row * ColumnCount) + 1, ColumnCount).Select(number => $"${number}"))})"));

    /// <summary>
    /// Wakes the relay. Otherwise the relay finds the event by polling, up to <see cref="OutboxOptions.PollInterval"/> later.
    /// </summary>
    public void Committed() => _signal.CommittedHere();
}
