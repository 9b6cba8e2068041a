using System.Diagnostics.CodeAnalysis;
using EventDriven.Messaging;
using EventDriven.Messaging.Hosting;
using Microsoft.EntityFrameworkCore;

// The namespace of the host's builder, so that AddMessaging needs no using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.Hosting;
#pragma warning restore IDE0130

/// <summary>Adds messaging to a service.</summary>
public static class MessagingHostExtensions
{
    /// <summary>
    /// Adds messaging. Configure the result: <c>UseKafka</c> is required, <c>Publishes</c> and <c>AddConsumer</c> add events.
    /// </summary>
    /// <remarks>
    /// Register <typeparamref name="TContext"/> on Npgsql, without <c>EnableRetryOnFailure</c>: messaging repeats an
    /// attempt as a whole. Messaging keeps its tables in the schema <c>messaging</c> of the same database, and installs
    /// and upgrades them when the service starts.
    /// </remarks>
    /// <typeparam name="TContext">The service's own database.</typeparam>
    /// <param name="builder">The service's host builder.</param>
    /// <param name="source">CloudEvents <c>source</c> of its events, such as <c>/checkout</c>.</param>
    /// <exception cref="InvalidOperationException">The service already has messaging.</exception>
    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    public static IMessagingBuilder AddMessaging<TContext>(this IHostApplicationBuilder builder, string source)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        if (builder.Services.Any(service => service.ServiceType == typeof(SentMessages)))
        {
            throw new InvalidOperationException(
                "AddMessaging is called twice: a service has one database and one source of events. Add to the result of the first call.");
        }

        return new MessagingBuilder<TContext>(builder.Services, source).AddBasics();
    }
}
