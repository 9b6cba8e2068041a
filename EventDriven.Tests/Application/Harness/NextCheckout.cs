using EventDriven.Identity;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Gate;
using EventDriven.Tests.Packages;
using EventDriven.Tests.Templates;

namespace EventDriven.Tests.Application.Harness;

/// <summary>
/// Checkout as its developers leave it after <c>contracts new-major orders</c>, in a copy of the repository: it publishes the topic's
/// events in both versions, of which the second breaks readers of the first.
/// </summary>
internal sealed class NextCheckout : IDisposable
{
    private const string Contracts = "EventDriven.Contracts";
    private const string Checkout = "Checkout.Api";

    private readonly RepositoryCopy _copy;

    private NextCheckout(RepositoryCopy copy) => _copy = copy;

    /// <summary>Goes the way of docs/evolution.md.</summary>
    public static async Task<NextCheckout> BuildAsync(CancellationToken cancellationToken)
    {
        var next = new NextCheckout(await RepositoryCopy.CreateAsync(cancellationToken));
        try
        {
            await next.BuildAsync(Contracts, cancellationToken);
            await next.ContractsAsync(cancellationToken, "new-major", "orders");
            next.BreakOrderPlaced();
            next.PublishBoth();
            await next.BuildAsync(Checkout, cancellationToken);
            await next.ContractsAsync(cancellationToken, "add");
            await next.ContractsAsync(cancellationToken, "check");
            return next;
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    /// <summary>Starts an instance beside those of a system.</summary>
    public async Task<ListeningProcess> StartAsync(SystemUnderTest system)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Authentication__ServiceAudience"] = Audiences.Checkout,
            [TestMasterKey.Variable] = system.MasterKey,
            ["services__inventory__http__0"] = $"{system.Http("inventory").BaseAddress}",
            ["Messaging__Outbox__SchemaAddress"] = $"{system.Http("checkout").BaseAddress}",
        };
        foreach (var (name, value) in DevelopmentIssuer.Variables(system.TokenKey, Audiences.System, Audiences.Checkout))
        {
            environment[name] = value;
        }

        foreach (var server in (string[])["checkoutdb", "redis", "kafka"])
        {
            environment[$"ConnectionStrings__{server}"] = await system.ConnectionStringAsync(server);
        }

        if (system.NoBrokerRestart is not null)
        {
            environment["Messaging__Cluster"] = "emulator";
        }

        return new ListeningProcess(_copy.Folder, [Program(Checkout), "--urls", "http://127.0.0.1:0"], environment);
    }

    public void Dispose() => _copy.Dispose();

    // Its total becomes an amount of money, with the currency in it.
    private void BreakOrderPlaced()
    {
        Write(
            "EventDriven.Contracts/Orders/V2/Money.cs",
            """
            namespace EventDriven.Contracts.Orders.V2;

            /// <summary>An amount of money.</summary>
            /// <param name="Amount">How much.</param>
            /// <param name="Currency">ISO 4217 code.</param>
            public sealed record Money(decimal Amount, string Currency);
            """);
        Edit("EventDriven.Contracts/Orders/V2/OrderPlaced.cs", "    [RegularExpression(\"[A-Z]{3}\")] string Currency,\n", "");
        Edit("EventDriven.Contracts/Orders/V2/OrderPlaced.cs", "/// <param name=\"Currency\">ISO 4217 code.</param>\n", "");
        Edit("EventDriven.Contracts/Orders/V2/OrderPlaced.cs", ", in <paramref name=\"Currency\"/>", "");
        Edit("EventDriven.Contracts/Orders/V2/OrderPlaced.cs", "[Numeric(14, 2)] decimal Total", "Money Total");
        Edit("EventDriven.Contracts/Orders/V2/Conversions.cs", "former.Currency, former.Total", "new(former.Total, former.Currency)");
    }

    private void PublishBoth()
    {
        const string First = "public static readonly TopicDefinition Orders = new(\"orders.v1\", Partitions, Retention);";
        Edit(
            "EventDriven.Contracts/Topics.cs",
            First,
            $"{First}\n/// <summary>The second version.</summary>\n{First.Replace("Orders", "OrdersV2").Replace("v1", "v2")}");
        Edit("EventDriven.Contracts/Topics.cs", "[Orders, ", "[Orders, OrdersV2, ");
        const string Using = "using EventDriven.Messaging;";
        Edit("Checkout.Api/CheckoutEvents.cs", Using, $"{Using}\nusing V2 = EventDriven.Contracts.Orders.V2;");
        string[] events = ["OrderPlaced", "OrderConfirmed", "OrderRejected", "OrderCancelled"];
        foreach (var name in events)
        {
            var published = $".Publishes<{name}>(Topics.Orders, key: e => e.OrderId)";
            Edit(
                "Checkout.Api/CheckoutEvents.cs",
                published,
                $"{published}\n.AlsoPublishes<{name}, V2.{name}>(Topics.OrdersV2, V2.Conversions.ToV2)");
        }
    }

    private Task BuildAsync(string project, CancellationToken cancellationToken) => Command.DotnetAsync(
        _copy.Folder,
        ["build", project, "--tl:off", "-v", "q", "-clp:NoSummary", "-p:RunAnalyzers=false", "-p:NuGetAudit=false"],
        cancellationToken);

    /// <summary>Runs a command of <c>contracts</c> in the copy, with the other services as they are.</summary>
    private async Task ContractsAsync(CancellationToken cancellationToken, params string[] command)
    {
        var services = ThisSystem.Services.Select(service =>
            service == Checkout && File.Exists(Program(service)) ? Program(service) : ThisSystem.Assembly(service));
        await Command.DotnetAsync(
            _copy.Folder,
            [
                ThisSystem.Assembly("EventDriven.Messaging.Contracts"), .. command, "--folder", "contracts",
                "--contracts", Program(Contracts), "--services", .. services,
            ],
            cancellationToken);
    }

    private string Program(string project) => BuiltProgram.In(_copy.Folder, project);

    private void Write(string file, string code) => File.WriteAllText(Path.Combine(_copy.Folder, file), code);

    private void Edit(string file, string from, string to)
    {
        var code = File.ReadAllText(Path.Combine(_copy.Folder, file));
        Assert.Contains(from, code, StringComparison.Ordinal);
        Write(file, code.Replace(from, to, StringComparison.Ordinal));
    }
}
