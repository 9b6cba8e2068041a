using System.Security.Cryptography;

namespace EventDriven.Tests.Checkout.Host;

/// <summary>The master key of the tests' Checkout, made anew for each run of the tests.</summary>
internal static class TestMasterKey
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "PersonalData:MasterKeys:0";

    /// <summary>The same as an environment variable.</summary>
    public const string Variable = "PersonalData__MasterKeys__0";

    public static string Value { get; } = New();

    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
