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
    /// <param name="port">Where clients, and the other brokers, connect.</param>
    /// <param name="node">Which member of the cluster this is.</param>
    /// <param name="cluster">All members.</param>
    /// <param name="logDirectory">Where its log stands.</param>
    /// <param name="further">Listeners beside the one that every client uses.</param>
    public static string Render(
        int port, KafkaNode node, IReadOnlyList<KafkaNode> cluster, string logDirectory, params IEnumerable<KafkaListener> further) => $"""
        process.roles=broker,controller
        node.id={node.Id}
        controller.quorum.voters={string.Join(',', cluster.Select(voter => $"{voter.Id}@127.0.0.1:{voter.ControllerPort}"))}
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{node.ControllerPort}{Each(further, l => $"{l.Name}://{l.Bound}")}
        advertised.listeners=PLAINTEXT://127.0.0.1:{port}{Each(further, l => $"{l.Name}://{l.Advertised}")}
        inter.broker.listener.name=PLAINTEXT
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT{Each(further, l => $"{l.Name}:PLAINTEXT")}
        log.dirs={logDirectory}
        auto.create.topics.enable=false
        group.initial.rebalance.delay.ms=0
        default.replication.factor={cluster.Count}
        min.insync.replicas={MinInSync(cluster)}
        offsets.topic.replication.factor={cluster.Count}
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor={cluster.Count}
        transaction.state.log.min.isr={MinInSync(cluster)}
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor={cluster.Count}
        share.coordinator.state.topic.min.isr={MinInSync(cluster)}
        share.coordinator.state.topic.num.partitions=4

        """;

    // One of three may fail while acks=all goes on, and what was acknowledged is on two.
    private static int MinInSync(IReadOnlyList<KafkaNode> cluster) => Math.Max(1, cluster.Count - 1);

    private static string Each(IEnumerable<KafkaListener> listeners, Func<KafkaListener, string> entry) =>
        string.Concat(listeners.Select(listener => $",{entry(listener)}"));
}
