using Checkout.Api.Customers.Forgetting;

namespace Checkout.Api.Customers;

/// <summary>What signing up and forgetting need.</summary>
internal static class CustomerSetup
{
    public static WebApplicationBuilder AddCustomers(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SignUp>();
        builder.Services.AddScoped<ForgetCustomer>();
        return builder;
    }
}
