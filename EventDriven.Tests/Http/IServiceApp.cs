using EventDriven.Tests.Services;

namespace EventDriven.Tests.Http;

/// <summary>Any of the services.</summary>
internal interface IServiceApp : IAsyncDisposable
{
    HttpClient Client { get; }

    LoggedLines Log { get; }
}
