using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Checkout.Api.Payments.StandIn;

/// <summary>The payment provider's address: <see cref="PaymentOptions.Provider"/> or, without it, this process's own stand-in.</summary>
internal sealed class ProviderAddress(IOptions<PaymentOptions> options, IServer server)
{
    private static readonly string[] AnyAddress = ["+", "*", "[::]", "0.0.0.0"];

    /// <summary>The URL that refunds are posted to.</summary>
    /// <exception cref="HttpRequestException">The stand-in doesn't listen yet.</exception>
    public Uri Refunds =>
        new(options.Value.Provider is { } provider ? new Uri(provider.AbsoluteUri.TrimEnd('/') + "/") : OfStandIn(), "refunds");

    private Uri OfStandIn()
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new HttpRequestException(HttpRequestError.ConnectionError, "The payment provider's stand-in does not listen yet.");
        var address = BindingAddress.Parse(listening);
        var host = AnyAddress.Contains(address.Host, StringComparer.Ordinal) ? "127.0.0.1" : address.Host;
        return new Uri($"{address.Scheme}://{host}:{address.Port}{ProviderStandIn.Path}/");
    }
}
