using System.Collections;
using EventDriven.Identity;
using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Services;
using EventDriven.ServiceDefaults.Authorization.ServiceTokens;

namespace EventDriven.ControlRoom.Servers;

/// <summary>The services' instances, each with a token that tells the details of its health. Not for concurrent use.</summary>
internal sealed partial class ServiceInstances(
    SystemAddresses addresses,
    [FromKeyedServices(Audiences.System)] IServiceTokens tokens,
    ILogger<ServiceInstances> logger) : IReadOnlyList<ServiceAddress>
{
    private ServiceAddress[] _instances = [.. addresses.Services];
    private bool _isMissing;

    public int Count => _instances.Length;

    public ServiceAddress this[int index] => _instances[index];

    public IEnumerator<ServiceAddress> GetEnumerator() => _instances.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes a token that is valid now. Without one, services tell their state and no details.</summary>
    public async Task RenewTokenAsync(CancellationToken cancellationToken)
    {
        var token = await TokenAsync(cancellationToken);
        _instances = [.. addresses.Services.Select(service => service with { Token = token })];
    }

    private async Task<string?> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await tokens.GetAsync(cancellationToken);
            _isMissing = false;
            return token;
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (!_isMissing)
            {
                Log.NoToken(logger, exception.Message);
            }

            _isMissing = true;
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2600, LogLevel.Warning, "The identity provider gives no token for the services' details: {Reason}. They are missing "
            + "on the pages until it does")]
        public static partial void NoToken(ILogger logger, string reason);
    }
}
