using Spectre.Console;

namespace EventDriven.AppHost.Demo;

/// <summary>Prints the demo's results.</summary>
internal static class DemoReport
{
    public static void WriteOrders(IAnsiConsole console, IReadOnlyList<DemoOrder> orders)
    {
        var table = new Table()
            .AddColumns(new TableColumn("#").RightAligned(), new TableColumn("Order"), new TableColumn("Kind"), new TableColumn("State"))
            .AddColumns(new TableColumn("ms").RightAligned(), new TableColumn("Mails").RightAligned(), new TableColumn("Trace"));
        table.Caption("ms: from sending POST /orders to the order's confirmation");
        foreach (var (index, order) in orders.Index())
        {
            table.AddRow(
                new Text($"{index + 1}"),
                new Text(Short(order)),
                new Text(Kind(order.Kind)),
                new Text(order.Answer?.State ?? "?", order.HasEnded ? Style.Plain : new Style(Color.Red)),
                new Text(order.MillisecondsToConfirmed is { } milliseconds ? $"{milliseconds:0}" : "-"),
                new Text($"{order.SentMails}"),
                new Text(order.TraceId.ToHexString()));
        }

        console.Write(table);
    }

    /// <summary>One order's journey through the services, in the order of time.</summary>
    public static void WriteJourney(IAnsiConsole console, DemoOrder order, ReservationAnswer? reservation, FiguresAnswer? figures)
    {
        List<(DateTimeOffset? At, string Service, string What)> steps =
        [
            .. order.Answer!.History.Select(step => ((DateTimeOffset?)step.At, "Checkout", step.State)),
            (figures?.PaidAt, "Checkout", "payment captured"),
            (figures?.ReservedAt, "Inventory", $"stock {reservation?.State ?? "unknown"}"),
            .. order.Messages.Select(message => (message.SentAt, "Notifications", $"mail {message.Kind}: {message.State}")),
            (null, "Analytics", $"knows it as {figures?.State ?? "nothing"}"),
        ];
        var table = new Table().Title($"Journey of order {Short(order)}").AddColumns(new TableColumn("ms after POST").RightAligned())
            .AddColumns("Service", "What happened");
        foreach (var (at, service, what) in steps.OrderBy(step => step.At ?? DateTimeOffset.MaxValue))
        {
            table.AddRow(
                new Text(at is null ? "" : $"{(at.Value - order.PostedAt).TotalMilliseconds:0}"), new Text(service), new Text(what));
        }

        console.Write(table);
    }

    public static void WriteVerdict(IAnsiConsole console, int count, IReadOnlyList<DemoOrder> wrong)
    {
        foreach (var order in wrong)
        {
            var expected = $"{order.ExpectedState} with {order.ExpectedMails} mails";
            var actual = $"{order.Answer?.State} with {order.SentMails} sent of {order.Messages.Count}";
            console.MarkupLineInterpolated(
                $"[red]Wrong:[/] order {order.Answer?.Id}, expected {expected}, is {actual} (trace {order.TraceId})");
        }

        console.MarkupLineInterpolated($"{count - wrong.Count} of {count} orders ended as they should.");
    }

    // The end of a UUIDv7: the beginning is a timestamp, which orders placed together share.
    private static string Short(DemoOrder order) => order.Answer?.Id.ToString("N")[^8..] ?? "?";

    private static string Kind(DemoKind kind) => kind switch
    {
        DemoKind.OutOfStock => "out of stock",
        DemoKind.Plain => "",
        DemoKind.Refunded => "paid, cancelled",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
