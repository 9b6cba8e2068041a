using Microsoft.Extensions.Options;

namespace Checkout.Api.Privacy;

/// <summary>Checks the master keys. A message never repeats one.</summary>
internal sealed class MasterKeyOptionsValidation : IValidateOptions<MasterKeyOptions>
{
    private const string Setting = $"{MasterKeyOptions.Section}:{nameof(MasterKeyOptions.MasterKeys)}";

    private static readonly string Form =
        $"Write the base64 of {MasterKey.Size} random bytes, such as `openssl rand -base64 {MasterKey.Size}` prints";

    public ValidateOptionsResult Validate(string? name, MasterKeyOptions options)
    {
        var failures = options.MasterKeys.Index()
            .Where(key => key.Item.Length > 0 && MasterKey.Read(key.Item) is null)
            .Select(key => $"{Setting}:{key.Index} is no master key. {Form}.")
            .ToList();
        if (options.MasterKeys.All(string.IsNullOrEmpty))
        {
            failures.Add($"{Setting}:0 is missing: the master key that wraps the keys of customers' data. {Form}; the AppHost makes one.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
