namespace EventDriven.Hosting.Kafka;

/// <summary>A member of an Apache Kafka cluster: broker and controller in one process, on loopback.</summary>
/// <param name="Id">Its number, from 1.</param>
/// <param name="ControllerPort">Where its controller listens.</param>
internal sealed record KafkaNode(int Id, int ControllerPort);
