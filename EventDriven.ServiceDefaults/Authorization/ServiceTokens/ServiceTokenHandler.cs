using System.Net;
using System.Net.Http.Headers;

namespace EventDriven.ServiceDefaults.Authorization.ServiceTokens;

/// <summary>Adds the token to each request.</summary>
internal sealed class ServiceTokenHandler(IServiceTokens tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var token = await tokens.GetAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            tokens.Refused(token);
        }

        return response;
    }
}
