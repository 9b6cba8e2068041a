using Xunit.Sdk;

namespace EventDriven.Tests.Fuzz;

/// <summary>A fuzz run tells what fails, and how to run it again.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FuzzRunTests
{
    [Fact]
    public async Task A_case_that_fails_is_told_with_its_input_its_number_and_how_to_run_it_again()
    {
        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => FuzzRun.RunAsync(50, fuzz =>
        {
            fuzz.Says($"input \u202e{fuzz.Number}");
            if (fuzz.Number == 42)
            {
                throw new InvalidDataException("broken");
            }
        }));

        Assert.Contains("Case 42 of seed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("FUZZ_CASE=42 ./test.sh --filter-method '", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{nameof(FuzzRunTests)}.{nameof(A_case_that_fails_is_told_with_its_input_its_number_and_how_to_run_it_again)}'",
            failure.Message, StringComparison.Ordinal);
        Assert.Contains("Input: input \\u202e42", failure.Message, StringComparison.Ordinal);
        Assert.Contains("InvalidDataException: broken", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Case 41 ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_never_ends_is_told()
    {
        var never = new TaskCompletionSource();

        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => FuzzRun.RunAsync(
            1, (_, _) => never.Task, parallel: 1, maxDuration: TimeSpan.FromMilliseconds(50)));

        Assert.Contains("did not end within", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_is_the_same_each_time()
    {
        static string Input(int number)
        {
            var fuzz = new FuzzCase(1, number);
            return $"{fuzz.Text("text 7")} {Convert.ToHexString(fuzz.Json("""{"a":[1,{"b":"c"}]}"""))}";
        }

        Assert.Equal(Input(3), Input(3));
        Assert.True(Enumerable.Range(0, 200).Select(Input).Distinct(StringComparer.Ordinal).Count() > 150);
    }
}
