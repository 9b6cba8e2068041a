using System.Security.Cryptography;
using System.Text;
using Checkout.Api.Customers;
using Checkout.Api.Database;
using Checkout.Api.Orders;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Privacy;

/// <summary>
/// Finds an e-mail address again without storing it: an HMAC-SHA-256 of its normalized form. The HMAC's key is the service's own, wrapped
/// like a customer's and stored under the empty id; it is made by whoever needs it first.
/// </summary>
internal sealed class EmailIndex(IServiceScopeFactory scopes, MasterKeys masters, TimeProvider time)
{
    private byte[]? _key;

    /// <summary>The hash of an address.</summary>
    public async ValueTask<byte[]> HashAsync(string email, CancellationToken cancellationToken) => HMACSHA256.HashData(
        _key ??= await LoadAsync(cancellationToken), Encoding.UTF8.GetBytes(EmailAddress.Normalize(email)));

    private async Task<byte[]> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CheckoutDbContext>();
        if (await FindAsync(database, cancellationToken) is { } known)
        {
            return masters.Unwrap(known);
        }

        var made = masters.Create(Guid.Empty, time.GetUtcTimestamp()).Stored;
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO customer_keys (customer_id, key_id, master_key, wrapped, created_at)
            VALUES ({made.CustomerId}, {made.KeyId}, {made.MasterKey}, {made.Wrapped}, {made.CreatedAt})
            ON CONFLICT (customer_id) DO NOTHING
            """,
            cancellationToken);
        return masters.Unwrap((await FindAsync(database, cancellationToken))!);
    }

    private static Task<CustomerKey?> FindAsync(CheckoutDbContext database, CancellationToken cancellationToken) =>
        database.CustomerKeys.AsNoTracking().SingleOrDefaultAsync(k => k.CustomerId == Guid.Empty, cancellationToken);
}
