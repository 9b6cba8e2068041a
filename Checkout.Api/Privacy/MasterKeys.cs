using System.Security.Cryptography;
using EventDriven.Messaging.Privacy;
using Microsoft.Extensions.Options;

namespace Checkout.Api.Privacy;

/// <summary>The configured master keys: the first wraps, all unwrap.</summary>
internal sealed class MasterKeys(IOptions<MasterKeyOptions> options)
{
    // The validation has refused what is no master key. Read when it is needed: an operator's task has no master key, and needs none.
    private readonly Lazy<MasterKey[]> _all =
        new(() => [.. options.Value.MasterKeys.Where(key => key.Length > 0).Select(key => MasterKey.Read(key)!)]);

    private MasterKey[] Keys => _all.Value;

    /// <summary>The one that wraps.</summary>
    public string Newest => Keys[0].Id;

    /// <summary>Those that are to be replaced.</summary>
    public IReadOnlyList<string> Older => [.. Keys.Skip(1).Select(key => key.Id)];

    /// <summary>A new key of a customer, not stored yet.</summary>
    public OpenKey Create(Guid customerId, DateTimeOffset at)
    {
        var (id, bytes) = (Guid.CreateVersion7(at), RandomNumberGenerator.GetBytes(SubjectKey.Size));
        var stored = new CustomerKey
        {
            CustomerId = customerId,
            KeyId = id,
            MasterKey = Newest,
            Wrapped = Keys[0].Wrap(bytes, id, customerId),
            CreatedAt = at,
        };
        return new OpenKey(stored, new SubjectKey(id, customerId.ToString(), bytes), IsNew: true);
    }

    /// <summary>The bytes of a stored key that is not destroyed.</summary>
    /// <exception cref="InvalidOperationException">Its master key is not configured.</exception>
    public byte[] Unwrap(CustomerKey stored) =>
        Array.Find(Keys, key => key.Id == stored.MasterKey)?.Unwrap(stored.Wrapped!, stored.KeyId, stored.CustomerId)
            ?? throw new InvalidOperationException(
                $"A customer's key is wrapped by the master key {stored.MasterKey}, which {MasterKeyOptions.Section}:"
                + $"{nameof(MasterKeyOptions.MasterKeys)} doesn't have: add it after the newest one.");

    /// <summary>A stored key, opened.</summary>
    /// <inheritdoc cref="Unwrap"/>
    public OpenKey Open(CustomerKey stored) =>
        new(stored, new SubjectKey(stored.KeyId, stored.CustomerId.ToString(), Unwrap(stored)), IsNew: false);

    /// <summary>A stored key, wrapped by the newest master key.</summary>
    /// <inheritdoc cref="Unwrap"/>
    public byte[] Rewrap(CustomerKey stored) => Keys[0].Wrap(Unwrap(stored), stored.KeyId, stored.CustomerId);
}
