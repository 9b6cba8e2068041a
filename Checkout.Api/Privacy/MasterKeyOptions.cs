namespace Checkout.Api.Privacy;

/// <summary>Section <c>PersonalData</c>: what the customers' keys are wrapped with.</summary>
internal sealed class MasterKeyOptions
{
    public const string Section = "PersonalData";

    /// <summary>
    /// Master keys, each the base64 of 32 random bytes. The first wraps; the others only open what they have wrapped, until the start after
    /// a rotation has wrapped it anew. Empty entries don't count. Required.
    /// </summary>
    public IList<string> MasterKeys { get; set; } = [];
}
