using System.Text.Json;
using FsCheck.Xunit;
using Json.Schema;

namespace EventDriven.Tests.Schemas;

/// <summary>What is called compatible is compatible, as an independent validator says.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SoundnessTests
{
    private const int Tests = 300;
    private const int ValuesOfATest = 40;

    [Property(MaxTest = Tests)]
    public void A_schema_is_compatible_with_itself(int seed)
    {
        var schema = new RandomSchemas(seed).Schema().ToJsonString();

        Assert.Empty(SchemaVerdict.Compare(schema, schema));
    }

    [Property(MaxTest = Tests)]
    public void Backward_is_forward_with_the_versions_exchanged(int seed)
    {
        var random = new RandomSchemas(seed);
        var (old, updated) = (random.Schema().ToJsonString(), random.Schema().ToJsonString());

        Assert.Equal(
            SchemaVerdict.Compare(old, updated).Any(difference => difference.BreaksBackward),
            SchemaVerdict.Compare(updated, old).Any(difference => difference.BreaksForward));
    }

    [Property(MaxTest = Tests)]
    public void What_the_old_schema_admits_a_backward_compatible_one_admits(int seed)
    {
        var random = new RandomSchemas(seed);
        var old = random.Schema();
        var updated = random.Change(old);
        var verdict = SchemaVerdict.Of(SchemaVerdict.Compare(old.ToJsonString(), updated.ToJsonString()));
        var (byOld, byUpdated) = (JsonSchema.FromText(old.ToJsonString()), JsonSchema.FromText(updated.ToJsonString()));
        foreach (var value in Enumerable.Range(0, ValuesOfATest).Select(_ => random.Value()))
        {
            var (isOld, isUpdated) = (IsAdmitted(byOld, value), IsAdmitted(byUpdated, value));
            Assert.False(isOld && !isUpdated && verdict.HasFlag(Verdict.Backward), $"backward: {old} → {updated}: {value}");
            Assert.False(isUpdated && !isOld && verdict.HasFlag(Verdict.Forward), $"forward: {old} → {updated}: {value}");
        }
    }

    private static bool IsAdmitted(JsonSchema schema, string value)
    {
        using var document = JsonDocument.Parse(value);
        return schema.Evaluate(document.RootElement).IsValid;
    }
}
