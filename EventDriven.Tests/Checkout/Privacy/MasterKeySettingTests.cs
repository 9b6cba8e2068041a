using Checkout.Api.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.Checkout.Privacy;

/// <summary>What the start refuses as a master key.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class MasterKeySettingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("no base64")]
    public async Task Without_a_master_key_it_does_not_start_and_does_not_repeat_what_is_wrong(string wrong)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["PersonalData:MasterKeys:0"] = wrong;
        builder.AddCustomerKeys();
        await using var app = builder.Build();

        // As the host does when it starts.
        var failure = Assert.Throws<OptionsValidationException>(app.Services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains("PersonalData:MasterKeys:0", failure.Message, StringComparison.Ordinal);
        Assert.True(wrong.Length == 0 || !failure.ToString().Contains(wrong, StringComparison.Ordinal));
    }
}
