namespace Checkout.Api.Payments.StandIn;

/// <summary><c>POST /dev/payment-provider/refunds</c>.</summary>
internal static class StandInEndpoint
{
    /// <summary>Maps the stand-in where it is needed.</summary>
    public static void MapProviderStandIn(this WebApplication app)
    {
        // Asked of the configuration: the options are checked when they are read first, and an operator's task runs without them.
        if (app.Environment.IsDevelopment() && string.IsNullOrEmpty(app.Configuration[$"{PaymentOptions.Section}:{nameof(PaymentOptions.Provider)}"]))
        {
            app.MapPost($"{ProviderStandIn.Path}/refunds", new ProviderStandIn().Refund).ExcludeFromDescription();
        }
    }
}
