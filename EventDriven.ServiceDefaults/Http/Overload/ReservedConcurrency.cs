namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>
/// Metadata of endpoints with places of their own, so that no flood of other requests starves them: those that other services, the payment
/// provider and operators call.
/// </summary>
public sealed class ReservedConcurrency
{
    internal static readonly ReservedConcurrency Instance = new();

    private ReservedConcurrency()
    {
    }
}
