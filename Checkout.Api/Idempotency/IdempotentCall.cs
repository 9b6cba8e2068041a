using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Checkout.Api.Idempotency;

/// <summary>A request that must be carried out once.</summary>
/// <param name="Key">The caller's idempotency key.</param>
/// <param name="Hash">SHA-256 of the parsed request: formatting and unknown members of its JSON don't count.</param>
internal sealed record IdempotentCall(string Key, byte[] Hash)
{
    public static IdempotentCall Of<T>(string key, T request, JsonTypeInfo<T> json) =>
        new(key, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, json)));
}
