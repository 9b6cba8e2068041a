using EventDriven.Chaos.Inside;

/// <summary>
/// What .NET calls before a program's own beginning, when <c>DOTNET_STARTUP_HOOKS</c> names this assembly. The runtime asks for this name,
/// without a namespace.
/// </summary>
#pragma warning disable MA0047 // In a namespace, the runtime would not find it.
internal static class StartupHook
#pragma warning restore MA0047
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(InstructionFile.Variable) is { Length: > 0 } file)
        {
            HostWatch.Begin(new InstructionFile(file, TimeProvider.System));
        }
    }
}
