using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Checkout.Api.Callers;

namespace Checkout.Api.Idempotency;

/// <summary>A request that must be carried out once.</summary>
/// <param name="Key">The caller's idempotency key, among those of all callers.</param>
/// <param name="Hash">SHA-256 of the parsed request: formatting and unknown members of its JSON don't count.</param>
internal sealed record IdempotentCall(string Key, byte[] Hash)
{
    public static IdempotentCall Of<T>(Caller caller, string key, T request, JsonTypeInfo<T> json) =>
        new(Own(caller, key), SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, json)));

    // Each customer has its own keys: nobody can take, or ask for, those of another. A hash keeps to the length of a key.
    private static string Own(Caller caller, string key) => caller.IsBackOffice
        ? key
        : $"customer:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Customer} {key}")))}";
}
