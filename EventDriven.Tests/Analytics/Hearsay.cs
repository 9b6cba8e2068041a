using FsCheck;
using FsCheck.Fluent;

namespace EventDriven.Tests.Analytics;

/// <summary>Some of an order's facts, in any order, some of them twice.</summary>
public static class Hearsay
{
    public static Arbitrary<Fact[]> Facts() =>
        (from heard in Gen.SubListOf(Enum.GetValues<Fact>())
         from again in Gen.SubListOf(heard.ToArray())
         from facts in Gen.Shuffle(heard.Concat(again).ToArray())
         select facts).ToArbitrary();
}
