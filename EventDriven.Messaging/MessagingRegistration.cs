using EventDriven.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Messaging;

/// <summary>Adds messaging to a service.</summary>
public static class MessagingRegistration
{
    /// <summary>
    /// Registers what the service announces and what it listens to. Needs <typeparamref name="TContext"/>, an
    /// <c>IProducer&lt;byte[], byte[]&gt;</c> and an <c>IConnectionMultiplexer</c> in the container, and the connection string <c>kafka</c>.
    /// </summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="source">CloudEvents <c>source</c> of its events, such as <c>/checkout</c>.</param>
    /// <param name="configure">Events and consumer groups.</param>
    /// <typeparam name="TContext">The service's own database.</typeparam>
    public static IHostApplicationBuilder AddMessaging<TContext>(
        this IHostApplicationBuilder builder, string source, Action<MessagingBuilder<TContext>> configure)
        where TContext : DbContext
    {
        var messaging = new MessagingBuilder<TContext>(source);
        configure(messaging);

        builder.Services.TryAddSingleton(TimeProvider.System);
        if (messaging.Published.Count > 0)
        {
            AddOutbox(builder.Services, messaging);
        }

        foreach (var handler in messaging.Groups.SelectMany(g => g.Bindings.Values).Select(b => b.HandlerType).Distinct())
        {
            builder.Services.TryAddScoped(handler);
        }

        return builder;
    }

    private static void AddOutbox<TContext>(IServiceCollection services, MessagingBuilder<TContext> messaging)
        where TContext : DbContext
    {
        services.AddSingleton(new PublishedEvents(messaging.Source, messaging.Published));
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxCommitInterceptor>();
        services.AddSingleton<OutboxSaveInterceptor>();
        services.AddScoped<IOutbox, OutboxWriter<TContext>>();
        services.ConfigureDbContext<TContext>((provider, options) => options.AddInterceptors(
            provider.GetRequiredService<OutboxCommitInterceptor>(), provider.GetRequiredService<OutboxSaveInterceptor>()));
    }
}
