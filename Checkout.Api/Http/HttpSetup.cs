using System.Text.Json.Serialization;
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
        builder.AddApiReference("Checkout", "Takes orders, payments and sign-ups, and says what is sold.");
        return builder;
    }
}
