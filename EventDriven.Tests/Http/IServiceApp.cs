using EventDriven.Tests.Services;

namespace EventDriven.Tests.Http;

/// <summary>Any of the services.</summary>
internal interface IServiceApp : IAsyncDisposable
{
    HttpClient Client { get; }

    IServiceProvider Services { get; }

    LoggedLines Log { get; }
}
