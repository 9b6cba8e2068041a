using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Customers;

namespace EventDriven.Cli.Customers;

/// <summary><c>forget</c>.</summary>
internal static class ForgetCommand
{
    public static Command Create(OperatorChanges changes)
    {
        var customer = new Argument<Guid>("customer") { Description = "Customer id, as orders have it." };
        var command = new Command(
            "forget",
            "Forgets a customer for good: destroys the key of their e-mail address and name, wherever these are stored, and stops their "
            + "mails. Orders and figures stay. Example: forget 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d")
        {
            customer, Confirmation.Yes, BecauseOption.Option, JsonOutput.Option, StateFile.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var id = parsed.GetValue(customer);
            var address = ServiceAddresses.Find(parsed, "checkout", Scopes.OrdersWrite);
            using var checkout = new CheckoutClient(address);
            var exitCode = await changes.RunAsync(
                parsed,
                ChangeTargets.Services,
                $"Customer {id} will be forgotten: nobody can read their e-mail address and name again, and this can't be undone. Go on?",
                change => change.RunAsync(stopping => checkout.ForgetAsync(id, stopping), cancellationToken),
                cancellationToken,
                address.Token);
            ForgetPrint.Write(id, parsed.IsJson());
            return exitCode;
        });
        return command.Writes<ForgottenJson>();
    }
}
