namespace EventDriven.Hosting.Kafka;

/// <summary>The two configuration files of Apache Kafka.</summary>
internal static class KafkaProperties
{
    /// <summary>Logs everything to standard output, which is collected.</summary>
    public const string Logging = """
        Configuration:
          status: WARN
          Appenders:
            Console:
              name: STDOUT
              PatternLayout:
                pattern: "[%d] %p %m (%c)%n"
          Loggers:
            Root:
              level: WARN
              AppenderRef:
                - ref: STDOUT

        """;

    /// <summary>The voters are static, because a dynamic quorum would store the controller's port, which changes with each run.</summary>
    public static string Render(int port, int controllerPort, string logDirectory, params IEnumerable<KafkaListener> further) => $"""
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:{controllerPort}
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controllerPort}{Each(further, l => $"{l.Name}://127.0.0.1:{l.Port}")}
        advertised.listeners=PLAINTEXT://127.0.0.1:{port}{Each(further, l => $"{l.Name}://{l.Advertised}")}
        inter.broker.listener.name=PLAINTEXT
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT{Each(further, l => $"{l.Name}:PLAINTEXT")}
        log.dirs={logDirectory}
        auto.create.topics.enable=false
        group.initial.rebalance.delay.ms=0
        default.replication.factor=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        share.coordinator.state.topic.num.partitions=4

        """;

    private static string Each(IEnumerable<KafkaListener> listeners, Func<KafkaListener, string> entry) =>
        string.Concat(listeners.Select(listener => $",{entry(listener)}"));
}
