using System.Reflection;
using EventDriven.Messaging;
using EventDriven.ServiceDefaults;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Messaging;

/// <summary>Who filters or counts logs goes by their event ids.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class LogEventIdTests
{
    [Fact]
    public void No_two_messages_of_what_every_service_shares_have_the_same_event_id()
    {
        var ids = new[] { typeof(MessagingOptions), typeof(ServiceDefaultsExtensions) }
            .SelectMany(shared => shared.Assembly.GetTypes())
            .SelectMany(type => type.GetMethods(
                BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct().Order(), ids.Order());
    }
}
