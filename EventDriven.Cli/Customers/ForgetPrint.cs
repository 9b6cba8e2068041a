using Spectre.Console;

namespace EventDriven.Cli.Customers;

/// <summary>Says that a customer is forgotten.</summary>
internal static class ForgetPrint
{
    public static void Write(Guid customerId, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(new ForgottenJson(customerId, Forgotten: true));
            return;
        }

        AnsiConsole.MarkupLineInterpolated(
            $"Customer {customerId} is forgotten. Services that have read the key keep it in memory for up to 5 minutes.");
    }
}
