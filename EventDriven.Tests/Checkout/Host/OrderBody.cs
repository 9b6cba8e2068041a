namespace EventDriven.Tests.Checkout.Host;

/// <summary>The body of an order that is fine; a test changes what it is about.</summary>
internal sealed record OrderBody
{
    public object? CustomerId { get; init; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public object? Email { get; init; } = "ada@example.org";

    public object? Currency { get; init; } = "EUR";

    public object? Lines { get; init; } = new[] { new { sku = "tea-earl-grey", quantity = 2 } };

    public string? Reservation { get; init; }
}
