using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using EventDriven.Messaging.Health;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Privacy.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// Registers a service's events. Whatever depends on configuration is created when the service starts, so the calls may come in any order.
/// </summary>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal sealed class MessagingBuilder<TContext>(IServiceCollection services, string source) : IMessagingBuilder
    where TContext : DbContext
{
    private readonly List<JsonSerializerContext> _json = [];
    private readonly PublishedRegistration _published = new();
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _sent = [];

    public IServiceCollection Services => services;

    public IMessagingBuilder UseKafka(string connectionName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionName);
        services.Replace(ServiceDescriptor.Singleton(
            provider => KafkaSettings.Read(provider.GetRequiredService<IConfiguration>(), connectionName)));
        services.AddHostedService<CredentialRotation>();
        services.AddServerHealth<KafkaHealth>("kafka");
        return this;
    }

    public IMessagingBuilder UseJson(params ReadOnlySpan<JsonSerializerContext> contexts)
    {
        _json.AddRange(contexts);
        return this;
    }

    public IMessagingBuilder Publishes<TEvent>(Topic topic, Func<TEvent, IFormattable> key)
        where TEvent : notnull
    {
        RequireKey<TEvent>(key);
        return Publishes<TEvent>(topic, announced => key(announced).ToString(format: null, CultureInfo.InvariantCulture));
    }

    public IMessagingBuilder Publishes<TEvent>(Topic topic, Func<TEvent, string> key)
        where TEvent : notnull
    {
        ArgumentNullException.ThrowIfNull(topic);
        RequireKey<TEvent>(key);
        var isFirst = _published.IsEmpty;
        _published.Add(topic, key);
        if (isFirst)
        {
            services.AddSingleton(Published);
            services.AddOutbox<TContext>();
        }

        return this;
    }

    public IMessagingBuilder AlsoPublishes<TEvent, TVersion>(Topic topic, Func<TEvent, TVersion> convert)
        where TEvent : notnull
        where TVersion : notnull
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(convert);
        _published.AddVersion(topic, convert);
        return this;
    }

    public IMessagingBuilder Sends<TMessage>(string what)
        where TMessage : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        _sent.Add(typeof(TMessage), what);
        return this;
    }

    public IMessagingBuilder SealsPersonalData<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TKeys>()
        where TKeys : class, ISubjectKeys
    {
        services.TryAddScoped<TKeys>();
        services.AddScoped<ISubjectKeys>(provider => provider.GetRequiredService<TKeys>());
        return this;
    }

    public IMessagingBuilder OpensPersonalData<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>()
        where TSource : class, ISubjectKeySource
    {
        services.TryAddTransient<TSource>();
        services.AddTransient<ISubjectKeySource>(provider => provider.GetRequiredService<TSource>());
        services.AddSubjectKeys();
        return this;
    }

    public IMessagingBuilder AddConsumer(string group, Action<IConsumerBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(group);
        ArgumentNullException.ThrowIfNull(configure);
        var consumer = new ConsumerBuilder(group);
        configure(consumer);
        consumer.Validate();
        if (!_groups.Add(group))
        {
            throw new InvalidOperationException(
                $"Group '{group}' is added twice: add its handlers to one AddConsumer, or give the other a name of its own.");
        }

        if (_groups.Count == 1)
        {
            services.AddConsuming<TContext>(source);
        }

        services.AddSingleton(provider => consumer.Build(
            provider.GetRequiredService<EventJson>(),
            provider.GetRequiredService<IOptions<MessagingOptions>>().Value.Retry,
            provider.GetService<SubjectKeyCache>()));
        services.AddConsumer<TContext>(group, consumer.Handlers);
        return this;
    }

    /// <summary>Registers what every service needs.</summary>
    public MessagingBuilder<TContext> AddBasics()
    {
        services.AddSingleton(_ => new EventJson(_json));
        services.AddSingleton(new SentMessages(_sent));
        services.AddBasics<TContext>(source);
        return this;
    }

    private PublishedEvents Published(IServiceProvider provider)
    {
        var published = new PublishedEvents(
            source,
            _published.Build(provider.GetRequiredService<EventJson>()),
            provider.GetRequiredService<IOptions<MessagingOptions>>().Value.Outbox.SchemaAddress);
        return published.Personal is { } personal && services.All(service => service.ServiceType != typeof(ISubjectKeys))
            ? throw new InvalidOperationException(
                $"'{personal}' has [PersonalData], and nothing seals it: add .SealsPersonalData<TKeys>() to AddMessaging, with keys of the "
                + "people whom the service knows.")
            : published;
    }

    private static void RequireKey<TEvent>(object? key)
    {
        if (key is null)
        {
            throw new ArgumentException(
                $"Publishes<{typeof(TEvent).Name}> needs a key, by which events are kept in order: "
                + "write what the fact is about, such as key: e => e.OrderId.",
                nameof(key));
        }
    }
}
