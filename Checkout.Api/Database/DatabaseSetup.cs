using EventDriven.ServiceDefaults;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Checkout.Api.Database;

/// <summary>Checkout's own database.</summary>
internal static class DatabaseSetup
{
    public static WebApplicationBuilder AddCheckoutDatabase(this WebApplicationBuilder builder)
    {
        builder.AddServiceClients<CheckoutDbContext>("checkoutdb");

        // A lost race and a repeated key are found by the database's refusal, and handled. What isn't handled is logged where it ends.
        builder.Services.ConfigureDbContext<CheckoutDbContext>(options => options.ConfigureWarnings(warnings => warnings.Log(
            (CoreEventId.SaveChangesFailed, LogLevel.Debug),
            (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
            (RelationalEventId.CommandError, LogLevel.Debug))));
        return builder;
    }
}
