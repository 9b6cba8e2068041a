using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>
/// A customer whose forgetting was acknowledged or announced has no key, is not signed up, and has no address with Notifications once that
/// has heard of it, but of orders that it may have heard of later.
/// </summary>
internal sealed class ForgottenCustomerRule() : Rule("L3")
{
    private const string Notifications = "notifications";

    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(30);

    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var checkout = run.Evidence.Checkout;
        var acknowledged = run.History.Operations
            .Where(request => request is { Kind: OperationKind.Forget, Outcome: Outcome.Ok })
            .Select(request => (Customer: request.CustomerId, Because: (object)request));
        var announced = run.Facts<CustomerForgotten>().Select(fact => (Customer: fact.Fact.CustomerId, Because: (object)fact.Record));
        foreach (var (customer, because) in acknowledged.Concat(announced).DistinctBy(forgotten => forgotten.Customer))
        {
            if (!checkout.CustomerKeys.GetValueOrDefault(customer))
            {
                yield return Finding.Of($"Customer {customer} was forgotten, and the key is still there.", because);
            }

            if (checkout.Customers.Contains(customer))
            {
                yield return Finding.Of($"Customer {customer} was forgotten, and is still signed up.", because);
            }
        }

        var contacts = run.Evidence.Notifications.Addressed.ToLookup(contact => contact.Value, contact => contact.Key);
        var placed = run.Facts<OrderPlaced>().DistinctBy(fact => fact.Fact.OrderId)
            .ToDictionary(fact => fact.Fact.OrderId, fact => fact.Record);
        foreach (var (record, forgotten) in run.Facts<CustomerForgotten>().Where(fact => run.IsHandled(Notifications, fact.Record)))
        {
            var kept = contacts[forgotten.CustomerId]
                .Where(about => !placed.TryGetValue(about, out var order) || !MayBeLater(run, order, record)).ToList();
            if (kept.Count > 0)
            {
                yield return Finding.Of(
                    $"Customer {forgotten.CustomerId} was forgotten, and Notifications has an address.",
                    [record, .. kept.Select(about => $"contact of {about}")]);
            }
        }
    }

    // An order's own contact may have been stored later, sealed with the key that is destroyed; also by a transaction that began earlier
    // and was held up.
    private static bool MayBeLater(CheckedRun run, LoggedRecord placed, LoggedRecord forgotten)
    {
        var inbox = run.Evidence.Groups.First(group => group.Name == Notifications).Inbox;
        return !run.ClocksAgree(Notifications) || !inbox.TryGetValue(placed.Event!.Identity, out var row)
            || inbox[forgotten.Event!.Identity].HandledAt - row.HandledAt <= LongestTransaction + run.LongestFault;
    }
}
