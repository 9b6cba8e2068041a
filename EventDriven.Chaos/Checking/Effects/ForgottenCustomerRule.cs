using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;

namespace EventDriven.Chaos.Checking.Effects;

/// <summary>
/// A customer whose forgetting was acknowledged or announced has no key, is not signed up, and has no address with Notifications once that
/// has heard of it.
/// </summary>
internal sealed class ForgottenCustomerRule() : Rule("L3")
{
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

        foreach (var (record, forgotten) in run.Facts<CustomerForgotten>().Where(fact => run.IsHandled("notifications", fact.Record)))
        {
            // An order's own contact may have been stored later, sealed with the key that is destroyed.
            if (run.Evidence.Notifications.Addressed.ContainsKey(forgotten.CustomerId))
            {
                yield return Finding.Of($"Customer {forgotten.CustomerId} was forgotten, and Notifications has an address.", record);
            }
        }
    }
}
