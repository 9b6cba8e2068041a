namespace Checkout.Api.Customers;

/// <summary>What <c>POST /customers</c> needs.</summary>
internal static class CustomerSetup
{
    public static WebApplicationBuilder AddCustomers(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SignUp>();
        return builder;
    }
}
