using EventDriven.Cli.DeadLetters;
using EventDriven.Cli.Journeys;
using EventDriven.Cli.Lag;
using EventDriven.Cli.Outbox;
using EventDriven.Cli.Status;
using EventDriven.Cli.Tables;
using EventDriven.Cli.Topics;
using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Lag;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Messaging.Operations.Topics;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Spectre.Console;

namespace EventDriven.Tests.Cli;

/// <summary>Tables in terminals of every width, and without one.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FittedTableTests
{
    private const string Order = "0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d";
    private const string Type = "eventdriven.orders.order-placed.v1";
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 3, 0, 0, TimeSpan.Zero);

    private static readonly RegisteredGroup Group = new(
        "inventory", "cluster", ["orders.v1"], new Dictionary<string, DateTimeOffset>(), false, TimeSpan.FromDays(10));

    /// <summary>Each command's table, and what of it no width may hide.</summary>
    private static readonly Dictionary<string, (Func<TableRoom, FittedTable> Make, string[] Always)> Tables = new(StringComparer.Ordinal)
    {
        ["dead-letters list"] = (room => DeadLetterPrint.Table([Letter(17), Letter(18)], room), ["Group", "Id", "inventory", "17", "18"]),
        ["outbox list"] =
            (room => OutboxPrint.Table(
                [new WaitingOutboxMessage(4711, 12, "orders.v1", Order, Type, Guid.Parse(Order), Now)], Now.AddSeconds(4), room),
                ["Sequence", "4711", "4.0"]),
        ["lag"] = (
            room => LagPrint.Table(
                new MeasuredLag(
                    [new MeasuredGroup(
                        Group, new GroupLag("inventory", Now, [new PartitionLag("orders.v1", 3, 120, 123, Now.AddSeconds(-9))]), 2)],
                    []), all: true, room),
            ["Group", "Events", "Seconds", "inventory", "9.0"]),
        ["topics list"] = (
            room => TopicsPrint.Table([.. TopicsCommand.Declared.Select(topic => new TopicChange(topic, Existing: null))], room),
            ["Topic", "State", "orders.v1", "missing"]),
        ["journey"] = (
            room => JourneyPrint.Table(
                new Journey(
                    Guid.Parse(Order),
                    [
                        new JourneyFact(Order, Type, "orders.v1", Now, [new JourneyStep("inventory", "handled", 1, Now, 12.3, 4.5)])
                        {
                            NotTold = [new SilentGroup("analytics", 12.3)],
                        },
                    ]),
                room),
            ["Fact", "Group", "Outcome", "inventory", "analytics", "handled"]),
        ["status"] = (
            room => StatusPrint.Table(
                [
                    new StatusPart(
                        StatusLevel.Red, StatusPartKind.Group, "inventory", ["no member for 40 s", "12 events behind, the oldest for 41 s"])
                    {
                        Members = 0,
                        Events = 12,
                        Seconds = 41.2,
                        ParkedKeys = 0,
                    },
                    new StatusPart(StatusLevel.Green, StatusPartKind.Kafka, "kafka", ["answers"]),
                ],
                room),
            ["State", "Name", "red", "inventory", "no member"]),
    };

    public static MatrixTheoryData<string, int> Narrow => new(Tables.Keys, [40, 80, 120, 200]);

    public static TheoryData<string> Names => [.. Tables.Keys];

    [Theory]
    [MemberData(nameof(Narrow))]
    public void Each_row_is_one_line_within_the_width_and_the_important_columns_stay(string name, int width)
    {
        var (make, always) = Tables[name];
        var table = make(new TableRoom(width));

        var lines = table.Lines().ToList();
        Assert.Equal(table.Rows + 1, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 1, width));
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        Assert.All(always, word => Assert.Contains(lines, line => line.Contains(word, StringComparison.Ordinal)));
    }

    /// <summary>As a console would write it that takes a pipe for a terminal of 80 columns.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_console_breaks_no_line_of_it(string name)
    {
        var table = Tables[name].Make(new TableRoom(Width: null, ShortensIds: true));
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.No });
        console.Profile.Width = 20;

        console.Write(table);

        Assert.Equal(table.Lines(), written.ToString().TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void The_least_important_columns_go_first()
    {
        Assert.Equal(["A  B  C"], Header(7));
        Assert.Equal(["A  C"], Header(6));
        Assert.Equal(["A"], Header(3));

        static IEnumerable<string> Header(int width) =>
            new FittedTable(new TableRoom(width), new Column("A"), new Column("B", Importance: 1), new Column("C", Importance: 2)).Lines();
    }

    [Fact]
    public void Ids_are_whole_where_there_is_room_and_their_end_elsewhere()
    {
        Assert.Equal(Order, Shown(new TableRoom(40)));
        Assert.Equal("…6a7b8c9d", Shown(new TableRoom(35)));
        Assert.Equal("…6a7b8c9d", Shown(new TableRoom(Width: null, ShortensIds: true)));
        Assert.Equal(Order, Shown(new TableRoom(Width: null, ShowsAll: true)));

        static string Shown(TableRoom room)
        {
            var table = new FittedTable(room, new Column("Key", ColumnKind.Id));
            table.Add(Order);
            return table.Lines().Last();
        }
    }

    [Fact]
    public void Prose_loses_its_end_and_types_their_beginning()
    {
        var table = new FittedTable(new TableRoom(40), new Column("Type", ColumnKind.Type), new Column("Message", ColumnKind.Text));
        table.Add(Type, "It can't be told how many lines there are, nor what stands on them.");

        Assert.Equal("order-placed.v1  It can't be told how m…", table.Lines().Last());
    }

    [Theory]
    [InlineData("wrapped\r\n\tlines", "wrapped lines")]
    [InlineData("\u001b[2Jgone", "�[2Jgone")]
    [InlineData("\u202Eturned", "�turned")]
    [InlineData("日本語の注文", "日本語の…")]
    public void What_others_wrote_moves_no_cursor_and_takes_its_cells(string text, string shown)
    {
        var table = new FittedTable(new TableRoom(13), new Column("C", ColumnKind.Word));
        table.Add(text);
        var narrow = new FittedTable(new TableRoom(9), new Column("C", ColumnKind.Word));
        narrow.Add(text);

        Assert.Equal(text[0] == '日' ? text : shown, table.Lines().Last());
        Assert.All(narrow.Lines(), line => Assert.InRange(line.GetCellWidth(), 1, 9));
    }

    [Theory]
    [InlineData("100", true, 80, 100)]
    [InlineData("100", false, 80, 100)]
    [InlineData(null, false, 80, 80)]
    [InlineData("wide", false, 80, 80)]
    [InlineData("0", false, 80, 80)]
    [InlineData(null, true, 80, null)]
    public void The_width_is_what_COLUMNS_says_else_the_terminals_and_a_pipe_has_none(
        string? columns, bool isRedirected, int terminal, int? width) =>
        Assert.Equal(new TableRoom(width, ShortensIds: isRedirected), TableRoom.Of(columns, isRedirected, terminal));

    private static DeadLetter Letter(long id) => new()
    {
        Id = id,
        Group = "inventory",
        Cluster = "cluster",
        Topic = "orders.v1",
        Partition = 3,
        Offset = 120,
        Key = Order,
        Type = Type,
        Time = Now,
        Headers = "[]",
        Reason = DeadLetterReason.Failed,
        ErrorType = "System.InvalidOperationException",
        ErrorMessage = "The stock of tea-sencha can't be changed,\nbecause somebody holds it.",
        Attempts = 5,
        FirstFailedAt = Now,
        State = DeadLetterState.Parked,
        ChangedBy = "group inventory",
        ChangedAt = Now,
    };
}
