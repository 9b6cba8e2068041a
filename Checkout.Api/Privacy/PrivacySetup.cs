using Microsoft.Extensions.Options;

namespace Checkout.Api.Privacy;

/// <summary>Registers the keys of customers' personal data.</summary>
internal static class PrivacySetup
{
    public static WebApplicationBuilder AddCustomerKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MasterKeyOptions>().BindConfiguration(MasterKeyOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MasterKeyOptions>, MasterKeyOptionsValidation>();
        builder.Services.AddSingleton<MasterKeys>();
        builder.Services.AddSingleton<CustomerKeyCache>();
        builder.Services.AddSingleton<EmailIndex>();
        builder.Services.AddHostedService<MasterKeyRotation>();
        return builder;
    }
}
