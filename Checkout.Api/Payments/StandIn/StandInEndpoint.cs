namespace Checkout.Api.Payments.StandIn;

/// <summary><c>POST /dev/payment-provider/refunds</c>.</summary>
internal static class StandInEndpoint
{
    /// <summary>Maps the stand-in if it is needed.</summary>
    public static void MapProviderStandIn(this WebApplication app)
    {
        // Reads the configuration instead of the options: these are validated when first read, and an operator's task runs without them.
        if (app.Environment.IsDevelopment()
            && string.IsNullOrEmpty(app.Configuration[$"{PaymentOptions.Section}:{nameof(PaymentOptions.Provider)}"]))
        {
            // A provider would know Checkout by means of its own. Nobody gains anything here.
            app.MapPost($"{ProviderStandIn.Path}/refunds", new ProviderStandIn().Refund).AllowAnonymous().ExcludeFromDescription();
        }
    }
}
