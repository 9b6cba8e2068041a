namespace EventDriven.Tests.Application.Harness;

/// <summary>The collection of tests that share <see cref="OneOfEach"/>.</summary>
[CollectionDefinition(Name)]
public sealed class ApplicationTests : ICollectionFixture<OneOfEach>
{
    public const string Name = "The application";
}
