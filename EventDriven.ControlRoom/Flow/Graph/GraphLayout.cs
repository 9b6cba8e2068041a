namespace EventDriven.ControlRoom.Flow.Graph;

/// <summary>
/// Lays out who publishes what and who reads it, in three columns: services, topics, groups. Within a column, nodes stand near what they
/// are connected with, so that few edges cross (barycenter heuristic of Sugiyama, Tagawa and Toda). The same graph always looks the same.
/// </summary>
internal sealed class GraphLayout
{
    private const double NodeWidth = 210;
    private const double Between = 145;
    private const double Gap = 16;
    private const double ServiceHeight = 58;
    private const double TopicHeight = 46;
    private const double GroupHeight = 74;

    // Of a label at an edge's end.
    private const double EndHeight = 17;
    private const double EndMargin = 10;
    private const int Sweeps = 6;

    private GraphLayout(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges, double height) =>
        (Nodes, Edges, Height) = (nodes, edges, height);

    /// <summary>The nodes, column by column, from the top.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The edges.</summary>
    public IReadOnlyList<GraphEdge> Edges { get; }

    /// <summary>Width of the picture.</summary>
    public static double Width => (3 * NodeWidth) + (2 * Between);

    /// <summary>Its height.</summary>
    public double Height { get; }

    /// <summary>Places everything. Names that an edge has and no list, are left out with the edge.</summary>
    /// <param name="services">Services that publish.</param>
    /// <param name="topics">Topics.</param>
    /// <param name="groups">Consumer groups.</param>
    /// <param name="publishes">Which service publishes to which topic.</param>
    /// <param name="reads">Which group reads which topic.</param>
    public static GraphLayout Of(
        IEnumerable<string> services,
        IEnumerable<string> topics,
        IEnumerable<string> groups,
        IReadOnlyCollection<(string Service, string Topic)> publishes,
        IReadOnlyCollection<(string Topic, string Group)> reads)
    {
        var (service, topic, group) = (Sorted(services), Sorted(topics), Sorted(groups));
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            topic = Near(topic, name => Places(service, publishes.Where(edge => edge.Topic == name).Select(edge => edge.Service))
                .Concat(Places(group, reads.Where(edge => edge.Topic == name).Select(edge => edge.Group))));
            service = Near(service, name => Places(topic, publishes.Where(edge => edge.Service == name).Select(edge => edge.Topic)));
            group = Near(group, name => Places(topic, reads.Where(edge => edge.Group == name).Select(edge => edge.Topic)));
        }

        List<List<GraphNode>> columns =
        [
            Column(GraphNodeKind.Service, service, name => HeightOf(ServiceHeight, publishes.Count(edge => edge.Service == name))),
            Column(
                GraphNodeKind.Topic,
                topic,
                name => HeightOf(
                    TopicHeight, Math.Max(publishes.Count(edge => edge.Topic == name), reads.Count(edge => edge.Topic == name) / 2))),
            Column(GraphNodeKind.Group, group, name => HeightOf(GroupHeight, reads.Count(edge => edge.Group == name))),
        ];
        var height = columns.Max(column => column.Count == 0 ? 0 : column[^1].Y + column[^1].Height);
        var placed = columns.Select(column => Spread(column, height)).ToList();
        return new GraphLayout(
            [.. placed.SelectMany(column => column)],
            [.. Placed(placed[0], placed[1], publishes), .. Placed(placed[1], placed[2], reads)],
            height);
    }

    private static List<string> Sorted(IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // From 0 to 1, so that columns of different lengths compare.
    private static IEnumerable<double> Places(List<string> column, IEnumerable<string> names) =>
        names.Select(name => column.IndexOf(name)).Where(place => place >= 0).Select(place => (place + 0.5) / column.Count);

    private static List<string> Near(List<string> column, Func<string, IEnumerable<double>> places) =>
    [
        .. column.Select((name, index) => (Name: name, At: places(name).DefaultIfEmpty((index + 0.5) / column.Count).Average()))
            .OrderBy(node => node.At).ThenBy(node => node.Name, StringComparer.Ordinal).Select(node => node.Name),
    ];

    private static double HeightOf(double least, int edges) => Math.Max(least, (edges * EndHeight) + EndMargin);

    private static List<GraphNode> Column(GraphNodeKind kind, List<string> names, Func<string, double> height)
    {
        var (y, column) = (0.0, new List<GraphNode>());
        foreach (var name in names)
        {
            var node = new GraphNode(kind, name, (int)kind * (NodeWidth + Between), y, NodeWidth, height(name));
            column.Add(node);
            y += node.Height + Gap;
        }

        return column;
    }

    // A shorter column gets wider gaps, at its ends, too.
    private static List<GraphNode> Spread(List<GraphNode> column, double height)
    {
        var free = column.Count == 0 ? 0 : height - (column[^1].Y + column[^1].Height);
        var each = free / (column.Count + 1);
        return [.. column.Select((node, index) => node with { Y = node.Y + (each * (index + 1)) })];
    }

    private static IEnumerable<GraphEdge> Placed(
        List<GraphNode> from, List<GraphNode> to, IReadOnlyCollection<(string From, string To)> edges)
    {
        var known = edges.Distinct()
            .Select(edge => (From: from.Find(node => node.Name == edge.From), To: to.Find(node => node.Name == edge.To)))
            .Where(edge => edge.From is not null && edge.To is not null)
            .Select(edge => (From: edge.From!, To: edge.To!)).ToList();
        foreach (var edge in known)
        {
            var leaving = known.Where(other => other.From == edge.From).Select(other => other.To).OrderBy(node => node.Y).ToList();
            var coming = known.Where(other => other.To == edge.To).Select(other => other.From).OrderBy(node => node.Y).ToList();
            yield return new GraphEdge(edge.From, edge.To, End(edge.From, leaving, edge.To), End(edge.To, coming, edge.From));
        }
    }

    // The ends at one side of a node stand in the order of the nodes at their other ends.
    private static double End(GraphNode node, List<GraphNode> others, GraphNode other)
    {
        var space = Math.Min(EndHeight, (node.Height - EndMargin) / others.Count);
        return node.Middle + ((others.IndexOf(other) - ((others.Count - 1) / 2.0)) * space);
    }
}
