namespace EventDriven.ServiceDefaults.Authorization.ServiceTokens;

/// <summary>The tokens with which this service calls another one.</summary>
public interface IServiceTokens
{
    /// <summary>A token that is valid now.</summary>
    /// <exception cref="HttpRequestException">The provider gives none.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>The called service refused this token, so the next call needs another.</summary>
    void Refused(string token);
}
