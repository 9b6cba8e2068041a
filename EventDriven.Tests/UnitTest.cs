namespace EventDriven.Tests;

/// <summary>The trait of classes whose tests need no server and start no process: <c>./test.sh --unit</c> runs them.</summary>
internal static class UnitTest
{
    public const string Trait = "Category";

    public const string Value = "Unit";
}
