using System.Reflection;
using System.Text;
using Confluent.Kafka;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>A producer around the service's own that says which events were acknowledged.</summary>
public class AcknowledgementObserver : DispatchProxy
{
    private IProducer<byte[], byte[]> _producer = null!;
    private Action<Guid> _acknowledged = null!;

    internal static IProducer<byte[], byte[]> Around(IProducer<byte[], byte[]> producer, Action<Guid> acknowledged)
    {
        var proxy = Create<IProducer<byte[], byte[]>, AcknowledgementObserver>();
        var observer = (AcknowledgementObserver)(object)proxy;
        observer._producer = producer;
        observer._acknowledged = acknowledged;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args is [_, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>> answered])
        {
            args[2] = (DeliveryReport<byte[], byte[]> report) =>
            {
                if (!report.Error.IsError)
                {
                    _acknowledged(Guid.Parse(Encoding.UTF8.GetString(message.Headers.GetLastBytes("ce_id"))));
                }

                answered(report);
            };
        }

        return targetMethod!.Invoke(_producer, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
