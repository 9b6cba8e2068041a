using EventDriven.ControlRoom.Flow;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Tests.ControlRoom.Flow;

/// <summary>What the flow says of what was read.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FlowReadingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, DeclaredAccess> _declared = new(StringComparer.Ordinal)
    {
        ["checkout"] = new("/checkout", ["orders"], [], null),
        ["inventory"] = new("/inventory", ["stock"], [new DeclaredGroup("inventory", ["orders"])], null),
    };

    private readonly Dictionary<string, string> _away = new(StringComparer.Ordinal);

    [Fact]
    public void Services_topics_and_groups_are_connected_as_they_are_declared()
    {
        var flow = Read(Instance("checkout"), Instance("inventory"), Group(), Outbox("inventorydb", 3));

        Assert.Equal(["checkout: orders", "inventory: stock"], flow.Services.Select(s => $"{s.Name}: {string.Join(' ', s.Publishes)}"));
        Assert.Equal(["orders", "stock"], flow.Topics.Select(topic => topic.Name));
        var group = Assert.Single(flow.Groups);
        Assert.Equal(("inventory", "inventory", 4), (group.Name, group.Service, group.Events));
        Assert.Equal([new GroupRead("orders", null, 4)], group.Reads);
        Assert.Equal(3, flow.Services[1].OutboxEvents);
        Assert.Null(flow.Services[0].OutboxEvents);
        Assert.Empty(flow.Problems);
    }

    [Fact]
    public void A_group_whose_service_does_not_answer_is_red_before_the_broker_misses_its_members()
    {
        var flow = Read(Instance("checkout"), Instance("inventory", StatusLevel.Red, "does not answer"), Group());

        Assert.Equal(StatusLevel.Red, flow.Groups[0].Level);
        Assert.Equal(["inventory does not answer"], flow.Groups[0].Says);
        Assert.Equal(["group inventory", "inventory"], flow.Problems.Select(problem => problem.Name));
    }

    [Fact]
    public void What_does_not_answer_by_now_is_red_although_it_was_healthy_when_everything_was_read()
    {
        _away["inventory"] = "does not answer at localhost:1";

        var flow = Read(Instance("inventory"), Group());

        Assert.Equal(StatusLevel.Red, flow.Services.Single(service => service.Name == "inventory").Level);
        Assert.Equal(StatusLevel.Red, flow.Groups[0].Level);
    }

    [Fact]
    public void One_of_two_instances_that_is_away_makes_its_service_yellow_and_not_its_group()
    {
        var flow = Read(Instance("inventory"), Instance("inventory-2", StatusLevel.Red, "does not answer"), Group());

        var service = flow.Services.Single(service => service.Name == "inventory");
        Assert.Equal(StatusLevel.Yellow, service.Level);
        Assert.Equal(["inventory: healthy", "inventory-2: does not answer"], service.Says);
        Assert.Equal(StatusLevel.Green, flow.Groups[0].Level);
    }

    [Fact]
    public void A_service_that_never_answered_is_known_by_its_group_and_database()
    {
        _declared.Clear();

        var flow = Read(Instance("inventory", StatusLevel.Red, "does not answer"), Group());

        Assert.Equal("inventory", flow.Groups[0].Service);
        Assert.Equal(["orders"], flow.Topics.Select(topic => topic.Name));
    }

    [Fact]
    public void A_parked_key_makes_its_group_yellow()
    {
        var flow = Read(
            Instance("inventory"), Group() with { Level = StatusLevel.Yellow, Says = ["1 key parked"], ParkedKeys = 1 });

        Assert.Equal((StatusLevel.Yellow, 1), (flow.Groups[0].Level, flow.Groups[0].ParkedKeys));
    }

    private static StatusPart Instance(string name, StatusLevel level = StatusLevel.Green, string says = "healthy") =>
        new(level, StatusPartKind.Service, name, [says]);

    private static StatusPart Group() =>
        new(StatusLevel.Green, StatusPartKind.Group, "inventory", ["keeps up"]) { Events = 4, Seconds = 1, ParkedKeys = 0 };

    private static StatusPart Outbox(string database, long events) =>
        new(StatusLevel.Green, StatusPartKind.Outbox, database, ["waits"]) { Events = events, Seconds = 1 };

    private FlowSnapshot Read(params StatusPart[] parts)
    {
        var status = new SystemStatus(parts, HasAddresses: true)
        {
            Groups =
            [
                new GroupStatus(
                    "inventorydb",
                    new RegisteredGroup(
                        "inventory", "cluster", ["orders"], new Dictionary<string, DateTimeOffset>(), false, TimeSpan.FromDays(7)),
                    new GroupLag("inventory", Now, [new PartitionLag("orders", 0, 6, 10, Now.AddSeconds(-1))])),
            ],
        };
        var history = new FlowHistory();
        history.Add(FlowSample.Of(Now, status.Groups));
        return FlowReading.Of(status, _declared, _away, history, Now);
    }
}
