using System.CommandLine.Parsing;

namespace EventDriven.Cli;

/// <summary>Checks of a command line.</summary>
internal static class ValidatorExtensions
{
    /// <summary>
    /// Adds a check of values. Values are read while they are checked, and one that can't be read would throw out of the parser: then the
    /// check is left out, because the parser has told that error already.
    /// </summary>
    public static void AddCheck<TResult>(this ICollection<Action<TResult>> validators, Action<TResult> check)
        where TResult : SymbolResult => validators.Add(result =>
        {
            try
            {
                check(result);
            }
            catch (InvalidOperationException)
            {
                // Told by the parser.
            }
        });
}
