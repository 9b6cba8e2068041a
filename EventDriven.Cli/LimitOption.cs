using System.CommandLine;

namespace EventDriven.Cli;

/// <summary><c>--limit</c>: the maximum length of a list.</summary>
internal static class LimitOption
{
    public static Option<int> Create(string description, int byDefault)
    {
        var limit = new Option<int>("--limit") { Description = description, DefaultValueFactory = _ => byDefault };
        limit.Validators.AddCheck(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--limit takes a number of at least 1.");
            }
        });
        return limit;
    }
}
