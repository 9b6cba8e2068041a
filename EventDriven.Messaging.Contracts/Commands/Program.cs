namespace EventDriven.Messaging.Contracts.Commands;

/// <summary>The program that the build runs.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => ContractsCommand.CreateProgram().Parse(args).InvokeAsync();
}
