using System.Globalization;
using EventDriven.ControlRoom.Events;
using EventDriven.ControlRoom.Journeys.Reading;
using EventDriven.ControlRoom.Layout;
using EventDriven.Messaging.Operations.Journeys;

namespace EventDriven.ControlRoom.Journeys.Chart;

/// <summary>The way of an order as lines and dots: one line a service, time from left to right.</summary>
public sealed class JourneyDrawing
{
    /// <summary>Width of the whole.</summary>
    public const double Width = 1200;

    /// <summary>Where the lines begin.</summary>
    public const double Left = 158;

    /// <summary>Where the lines end.</summary>
    public const double Right = Width - 40;

    private const double LaneHeight = 46;
    private const double LabelHeight = 17;
    private const double LeastBar = 7;
    private const double CharacterWidth = 7.2;
    private const double RequestGap = 17;
    private const string Sent = "Sent";

    private readonly List<DrawnLane> _lanes = [];
    private readonly List<DrawnMark> _marks = [];
    private readonly List<DrawnBar> _bars = [];
    private readonly List<string> _links = [];
    private readonly List<DrawnLabel> _labels = [];
    private readonly Dictionary<string, double> _y = new(StringComparer.Ordinal);

    private JourneyDrawing(OrderJourney journey)
    {
        Axis = TimeAxis.Of(Spans(journey), Left, Right);
        var levels = PlaceLabels(journey);
        Top = (levels * LabelHeight) + 14;
        foreach (var name in Names(journey).Distinct(StringComparer.Ordinal))
        {
            _y[name] = Top + (LaneHeight * (_lanes.Count + 0.5));
            _lanes.Add(new DrawnLane(name, _y[name]));
        }

        for (var i = 0; i < _labels.Count; i++)
        {
            _labels[i] = _labels[i] with { ToY = _y[ServiceOf(journey.Events[i])] };
        }

        Draw(journey);
    }

    /// <summary>The time.</summary>
    public TimeAxis Axis { get; }

    /// <summary>Where the first line begins; above it are the names of the facts.</summary>
    public double Top { get; }

    /// <summary>Where the last line ends; below it is the time.</summary>
    public double Bottom => Top + (LaneHeight * _lanes.Count);

    /// <summary>The services.</summary>
    public IReadOnlyList<DrawnLane> Lanes => _lanes;

    /// <summary>The moments.</summary>
    public IReadOnlyList<DrawnMark> Marks => _marks;

    /// <summary>The handlings.</summary>
    public IReadOnlyList<DrawnBar> Bars => _bars;

    /// <summary>Paths from an event to those who handle it.</summary>
    public IReadOnlyList<string> Links => _links;

    /// <summary>The facts' names.</summary>
    public IReadOnlyList<DrawnLabel> Labels => _labels;

    /// <summary>Draws a journey; null if nothing has happened.</summary>
    public static JourneyDrawing? Of(OrderJourney journey)
    {
        ArgumentNullException.ThrowIfNull(journey);
        return journey.Events.Count == 0 ? null : new JourneyDrawing(journey);
    }

    private static string ServiceOf(JourneyEvent one) => one.Service ?? "producer";

    private static IEnumerable<string> Names(OrderJourney journey) => journey.Events.SelectMany(one => one.Groups.Select(step => step.Group)
        .Concat(one.Silent.Select(group => group.Group)).Prepend(ServiceOf(one)));

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(OrderJourney journey)
    {
        if (RequestOf(journey) is { } requested)
        {
            yield return (requested, requested);
        }

        foreach (var one in journey.Events)
        {
            yield return (one.CommittedAt, one.CommittedAt);
            if (one.PublishedAt is { } published)
            {
                yield return (published, published);
            }

            foreach (var step in one.Groups)
            {
                yield return (BegunAt(step), step.At);
            }

            foreach (var mail in one.Mails.Where(mail => mail.SentAt is not null))
            {
                yield return (mail.SentAt!.Value, mail.SentAt.Value);
            }
        }
    }

    // An id that was made long before is not of the request.
    private static DateTimeOffset? RequestOf(OrderJourney journey) =>
        journey.RequestedAt is { } at && journey.Events[0].CommittedAt - at is { TotalMinutes: < 1 } ? at : null;

    private static DateTimeOffset BegunAt(JourneyStep step) => step.At - TimeSpan.FromMilliseconds(Math.Max(0, step.TookMs));

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Curve(double fromX, double fromY, double toX, double toY)
    {
        var middle = N((fromX + toX) / 2);
        return $"M{N(fromX)} {N(fromY)}C{middle} {N(fromY)} {middle} {N(toY)} {N(toX)} {N(toY)}";
    }

    private int PlaceLabels(OrderJourney journey)
    {
        var ends = new List<double>();
        foreach (var one in journey.Events)
        {
            var text = EventText.FactOf(one.Type);
            var x = Axis.X(one.CommittedAt);
            var begin = Math.Min(x + 4, Width - (text.Length * CharacterWidth));
            var level = ends.FindIndex(end => end < begin - 8);
            if (level < 0)
            {
                level = ends.Count;
                ends.Add(0);
            }

            ends[level] = begin + (text.Length * CharacterWidth);
            _labels.Add(new DrawnLabel(x, begin, (level + 1) * LabelHeight, ToY: 0, text));
        }

        return ends.Count;
    }

    private void Draw(OrderJourney journey)
    {
        if (RequestOf(journey) is { } requested)
        {
            // Both are within a few milliseconds, and each is to be seen.
            var first = journey.Events[0];
            var x = Math.Min(Axis.X(requested), Axis.X(first.CommittedAt) - RequestGap);
            _marks.Add(new DrawnMark(x, _y[ServiceOf(first)], MarkKind.Request, "Request: the order got its id", first.Id));
        }

        foreach (var one in journey.Events)
        {
            Draw(one, EventText.FactOf(one.Type), _y[ServiceOf(one)]);
        }
    }

    private void Draw(JourneyEvent one, string fact, double y)
    {
        var (committed, published) = (Axis.X(one.CommittedAt), Axis.X(one.PublishedAt ?? one.CommittedAt));
        foreach (var step in one.Groups)
        {
            var (begin, laneY) = (Axis.X(BegunAt(step)), _y[step.Group]);
            var tried = step.Attempt > 1 ? $" in attempt {step.Attempt}" : "";
            _bars.Add(new DrawnBar(
                begin,
                laneY,
                Math.Max(LeastBar, Axis.X(step.At) - begin),
                OrderJourney.IsTrouble(step.Outcome),
                step.Attempt,
                $"{step.Group}: {fact} {step.Outcome}{tried} after {Elapsed.Say(step.AfterMs)}, in {Elapsed.Say(step.TookMs)}",
                one.Id));
            _links.Add(Curve(published, y, begin, laneY));
        }

        foreach (var silent in one.Silent)
        {
            _marks.Add(new DrawnMark(
                Right + 18,
                _y[silent.Group],
                MarkKind.Silent,
                $"{silent.Group} has not told of {fact} for {Say.Duration(silent.ForSeconds)}",
                one.Id));
        }

        _marks.Add(new DrawnMark(committed, y, MarkKind.Commit, $"{fact} committed", one.Id));
        if (one.PublishedAt is { } at)
        {
            _marks.Add(new DrawnMark(
                published,
                y,
                MarkKind.Publish,
                $"{fact} on the log {Elapsed.Say((at - one.CommittedAt).TotalMilliseconds)} later",
                one.Id));
        }

        DrawMails(one);
    }

    private void DrawMails(JourneyEvent one)
    {
        foreach (var mail in one.Mails)
        {
            var writer = one.Groups.FirstOrDefault(step => step.Group == OrderJourney.MailGroup);
            if (!_y.TryGetValue(OrderJourney.MailGroup, out var y))
            {
                continue;
            }

            var at = mail.SentAt ?? writer?.At ?? one.CommittedAt;
            _marks.Add(new DrawnMark(
                Axis.X(at),
                y,
                mail.State == Sent ? MarkKind.Mail : MarkKind.MailWaiting,
                $"Message {mail.Kind}: {mail.State}{(mail.LastError is { } error ? $", {error}" : "")}",
                one.Id));
        }
    }
}
