using System.Globalization;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>A picture of who talks to whom: producers, topics with their events, consumers, from left to right.</summary>
internal static class LandscapePicture
{
    private const int Width = 1100;
    private const int BoxWidth = 230;

    public static Html Of(Landscape landscape)
    {
        var topics = Column((Width - BoxWidth) / 2, landscape.Contracts.Select(contract => contract.Topic), topic =>
            [.. landscape.Contracts.Where(contract => contract.Topic == topic)]);
        var producers = Column(0, landscape.Producers.SelectMany(services => services), _ => []);
        var consumers = Column(Width - BoxWidth, landscape.Consumers.Select(consumed => consumed.Service), _ => []);
        var height = new[] { topics, producers, consumers }.Max(column => column.Select(box => box.Bottom).DefaultIfEmpty(0).Max());
        PictureBox[] left = [.. producers.Select((box, i) => box.Centered(i, producers.Count, height))];
        PictureBox[] right = [.. consumers.Select((box, i) => box.Centered(i, consumers.Count, height))];
        var lines = topics.SelectMany(topic => left
            .Select(box => Line(box, topic, topic.Events.Where(contract => landscape.Producers[contract.Type].Contains(box.Name))))
            .Concat(right.Select(box => Line(topic, box, topic.Events.Where(contract =>
                landscape.ConsumersOf(contract.Type).Any(consumed => consumed.Service == box.Name))))));
        return Html.Of(
            $"""
            <figure><svg viewBox="0 -30 {Width} {height + 40}" role="img" aria-label="Producers, topics and consumers">
            <text class="head" x="0" y="-12">Producers</text>
            <text class="head" x="{(Width - BoxWidth) / 2}" y="-12">Topics and their events</text>
            <text class="head" x="{Width - BoxWidth}" y="-12">Consumers</text>
            {lines}{left.Concat(topics).Concat(right).Select(box => box.Draw(BoxWidth))}</svg></figure>
            """);
    }

    private static List<PictureBox> Column(int x, IEnumerable<string> names, Func<string, IReadOnlyList<EventContract>> events)
    {
        var column = new List<PictureBox>();
        foreach (var name in names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            column.Add(new PictureBox(name, x, column.Count == 0 ? 0 : column[^1].Bottom + PictureBox.Gap, events(name)));
        }

        return column;
    }

    private static Html Line(PictureBox from, PictureBox to, IEnumerable<EventContract> events)
    {
        var names = string.Join(", ", events.Select(contract => contract.Record.Name));
        var (start, end) = (from.X + BoxWidth, to.X);
        var middle = (start + end) / 2;
        var path = string.Create(
            CultureInfo.InvariantCulture, $"M{start} {from.Middle}C{middle} {from.Middle} {middle} {to.Middle} {end} {to.Middle}");
        return names.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <path class="line" d="{path}"><title>{from.Name} → {to.Name}: {names}</title></path>

            """);
    }
}
