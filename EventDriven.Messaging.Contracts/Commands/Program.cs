using System.CommandLine;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary>The program that the build runs.</summary>
internal static class Program
{
    private const int Usage = 2;

    /// <summary>What can't be done is one line on standard error and exit code 2.</summary>
    public static async Task<int> Main(string[] args)
    {
        try
        {
            return await ContractsCommand.CreateProgram().Parse(args)
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (ContractException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Usage;
        }
    }
}
