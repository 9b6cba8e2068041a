using EventDriven.ControlRoom.Flow.Graph;

namespace EventDriven.Tests.ControlRoom.Flow;

/// <summary>The picture of the flow is laid out by itself, from who publishes what and who reads it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class GraphLayoutTests
{
    private static readonly (string, string)[] Publishes =
        [("checkout", "orders"), ("checkout", "payments"), ("checkout", "customers"), ("inventory", "inventory")];

    private static readonly (string, string)[] Reads =
    [
        ("orders", "analytics"), ("payments", "analytics"), ("customers", "analytics"), ("inventory", "analytics"),
        ("inventory", "checkout"), ("orders", "inventory"), ("orders", "notifications"), ("payments", "notifications"),
        ("customers", "notifications"), ("orders", "recommendations"),
    ];

    [Fact]
    public void Each_kind_has_a_column_and_no_two_nodes_overlap()
    {
        var layout = Shop();

        var columns = layout.Nodes.GroupBy(node => node.Kind).ToDictionary(column => column.Key, column => column.ToList());
        Assert.Equal([2, 4, 5], [
            columns[GraphNodeKind.Service].Count, columns[GraphNodeKind.Topic].Count, columns[GraphNodeKind.Group].Count]);
        Assert.All(columns.Values, column =>
        {
            Assert.Single(column.Select(node => node.X).Distinct());
            Assert.All(column.OrderBy(node => node.Y).Zip(column.OrderBy(node => node.Y).Skip(1)), pair =>
                Assert.True(pair.First.Y + pair.First.Height < pair.Second.Y, $"{pair.First.Name} overlaps {pair.Second.Name}"));
        });
        Assert.True(columns[GraphNodeKind.Service][0].Right < columns[GraphNodeKind.Topic][0].X);
        Assert.True(columns[GraphNodeKind.Topic][0].Right < columns[GraphNodeKind.Group][0].X);
    }

    [Fact]
    public void Everything_is_within_the_picture() => Assert.All(Shop().Nodes, node =>
    {
        Assert.InRange(node.X, 0, GraphLayout.Width - node.Width);
        Assert.InRange(node.Y, 0, Shop().Height - node.Height + 0.001);
    });

    [Fact]
    public void Every_edge_ends_at_the_sides_of_its_nodes_and_no_two_at_the_same_height()
    {
        var layout = Shop();

        Assert.Equal(Publishes.Length + Reads.Length, layout.Edges.Count);
        Assert.All(layout.Edges, edge =>
        {
            Assert.InRange(edge.FromY, edge.From.Y, edge.From.Y + edge.From.Height);
            Assert.InRange(edge.ToY, edge.To.Y, edge.To.Y + edge.To.Height);
            Assert.StartsWith("M", edge.Path, StringComparison.Ordinal);
        });
        Assert.All(
            layout.Edges.GroupBy(edge => edge.To),
            coming => Assert.Equal(coming.Count(), coming.Select(edge => edge.ToY).Distinct().Count()));
    }

    [Fact]
    public void The_same_graph_always_looks_the_same_whatever_the_order_of_its_parts()
    {
        var other = GraphLayout.Of(
            ["inventory", "checkout"], ["payments", "orders", "inventory", "customers"],
            ["recommendations", "notifications", "inventory", "checkout", "analytics"],
            [.. Publishes.Reverse()], [.. Reads.Reverse()]);

        Assert.Equal(Shop().Nodes, other.Nodes);
        Assert.Equal(Shop().Edges.Select(edge => edge.Path).Order(), other.Edges.Select(edge => edge.Path).Order());
    }

    [Fact]
    public void Nodes_stand_near_what_they_are_connected_with()
    {
        // In the order of their names, all of these edges would cross.
        var layout = GraphLayout.Of(
            ["a", "b", "c"], ["1", "2", "3"], ["x", "y", "z"],
            [("a", "3"), ("b", "2"), ("c", "1")], [("3", "x"), ("2", "y"), ("1", "z")]);

        Assert.Equal(0, Crossings(layout));
    }

    [Fact]
    public void A_system_of_which_nothing_is_known_yet_has_an_empty_picture()
    {
        var layout = GraphLayout.Of([], [], [], [], []);

        Assert.Empty(layout.Nodes);
        Assert.Empty(layout.Edges);
    }

    [Fact]
    public void An_edge_to_something_unknown_is_left_out() =>
        Assert.Empty(GraphLayout.Of(["a"], ["1"], [], [("a", "2")], [("1", "x")]).Edges);

    private static GraphLayout Shop() => GraphLayout.Of(
        ["checkout", "inventory"], ["customers", "inventory", "orders", "payments"],
        ["analytics", "checkout", "inventory", "notifications", "recommendations"], Publishes, Reads);

    private static int Crossings(GraphLayout layout) => layout.Edges.Sum(edge => layout.Edges.Count(other =>
        edge.From.Kind == other.From.Kind && edge.FromY < other.FromY && edge.ToY > other.ToY));
}
