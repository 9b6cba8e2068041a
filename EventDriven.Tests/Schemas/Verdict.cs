namespace EventDriven.Tests.Schemas;

/// <summary>In which directions an updated schema is compatible.</summary>
[Flags]
public enum Verdict
{
    Neither = 0,
    Backward = 1,
    Forward = 2,
    Both = Backward | Forward,
}
