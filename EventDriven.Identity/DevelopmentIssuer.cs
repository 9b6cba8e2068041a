using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EventDriven.Identity;

/// <summary>
/// Issues tokens during development, in place of an identity provider. Services believe it only in the environment Development, because
/// whoever knows the key can make any token.
/// </summary>
public sealed class DevelopmentIssuer
{
    /// <summary>The issuer's name (<c>iss</c>).</summary>
    public const string Name = "eventdriven-development";

    /// <summary>Environment variable, and entry of the state file, in which services and operator commands find the key.</summary>
    public const string KeyVariable = $"{Bearer}SigningKeys__{Entry}__Value";

    /// <summary>The configuration's key with the same meaning as <see cref="KeyVariable"/>.</summary>
    public const string KeySetting = "Authentication:Schemes:Bearer:SigningKeys:development:Value";

    private const string Bearer = "Authentication__Schemes__Bearer__";

    // A name, where others have numbers, so that it stands beside what `dotnet user-jwts` writes.
    private const string Entry = "development";

    private const int KeyBytes = 32;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _time;

    /// <param name="key">Base64 of the key, of 32 bytes or more.</param>
    /// <param name="time">When tokens are issued.</param>
    /// <exception cref="FormatException">It is no such key.</exception>
    public DevelopmentIssuer(string key, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(key);
        var bytes = Convert.FromBase64String(key);
        if (bytes.Length < KeyBytes)
        {
            throw new FormatException($"The key of the development issuer must have {KeyBytes} bytes or more.");
        }

        _credentials = new SigningCredentials(new SymmetricSecurityKey(bytes), SecurityAlgorithms.HmacSha256);
        _time = time;
    }

    /// <summary>A new key, in base64.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>The environment variables of a service that believes this issuer.</summary>
    /// <param name="key">The key, in base64.</param>
    /// <param name="audiences">Whom the tokens are for that the service accepts.</param>
    public static IReadOnlyDictionary<string, string> Variables(string key, params IReadOnlyList<string> audiences)
    {
        ArgumentNullException.ThrowIfNull(audiences);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{Bearer}ValidIssuers__{Entry}"] = Name,
            [$"{Bearer}SigningKeys__{Entry}__Issuer"] = Name,
            [KeyVariable] = key,
        };
        foreach (var audience in audiences)
        {
            variables[$"{Bearer}ValidAudiences__{audience}"] = audience;
        }

        return variables;
    }

    /// <summary>Issues a token (a JWT, RFC 7519).</summary>
    public string Issue(TokenRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = _time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Sub] = request.Subject,
            [Scopes.Claim] = string.Join(' ', request.Scopes),
        };
        if (request.Email is not null)
        {
            claims[JwtRegisteredClaimNames.Email] = request.Email;
            claims[JwtRegisteredClaimNames.EmailVerified] = true;
        }

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = request.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + request.Lifetime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
    }
}
