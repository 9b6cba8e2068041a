using System.Text.Json.Serialization;
using Checkout.Api.Callers;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Reference;

namespace Checkout.Api.Http;

/// <summary>Sets up the parts of the HTTP API that are specific to Checkout.</summary>
internal static class HttpSetup
{
    public static WebApplicationBuilder AddCheckoutHttp(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, CheckoutJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        builder.LimitCallers(isClient: Caller.ActsForEverybody);
        builder.AddApiReference("Checkout", "Takes orders, payments and sign-ups, and says what is sold.");
        return builder;
    }
}
