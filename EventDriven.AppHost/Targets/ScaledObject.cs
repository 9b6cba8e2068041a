#if ASPIRE_KUBERNETES
using System.Globalization;
using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace EventDriven.AppHost.Targets;

/// <summary>
/// How KEDA scales a deployment (<c>keda.sh/v1alpha1</c>, https://keda.sh/docs/latest/reference/scaledobject-spec/): by the lag of each
/// topic of its group, and by its processor.
/// </summary>
internal sealed class ScaledObject() : BaseKubernetesResource("keda.sh/v1alpha1", "ScaledObject")
{
    [YamlMember(Alias = "spec")]
    public Dictionary<string, object> Spec { get; } = [];

    /// <param name="service">The service.</param>
    /// <param name="deployment">Name of its deployment.</param>
    /// <param name="topics">The topics whose lag Kafka knows.</param>
    /// <param name="maxInstances">As many as there are partitions.</param>
    public static ScaledObject Of(string service, string deployment, IReadOnlyList<ConsumedTopic> topics, int maxInstances)
    {
        var scaled = new ScaledObject();
        scaled.Metadata.Name = $"{service}-scaler";
        scaled.Spec["scaleTargetRef"] = new Dictionary<string, object> { ["name"] = deployment };
        scaled.Spec["minReplicaCount"] = 1;
        scaled.Spec["maxReplicaCount"] = maxInstances;
        scaled.Spec["pollingInterval"] = ServiceScaling.PollingSeconds;
        scaled.Spec["advanced"] = new Dictionary<string, object>
        {
            ["horizontalPodAutoscalerConfig"] = new Dictionary<string, object>
            {
                ["behavior"] = new Dictionary<string, object>
                {
                    ["scaleUp"] = Policy(stabilizationSeconds: 0, pods: 4),
                    ["scaleDown"] = Policy(ServiceScaling.ScaleInSeconds, pods: 1),
                },
            },
        };
        scaled.Spec["triggers"] = (List<object>)[.. topics.Select(Lag), Processor()];
        return scaled;
    }

    private static Dictionary<string, object> Lag(ConsumedTopic topic) => new()
    {
        ["type"] = "kafka",
        ["metadata"] = new Dictionary<string, object>
        {
            ["bootstrapServersFromEnv"] = "ConnectionStrings__kafka",
            ["consumerGroup"] = topic.Group,
            ["topic"] = topic.Topic,
            ["lagThreshold"] = Text(ServiceScaling.LagPerInstance),
            // A group that has not read yet begins at the beginning.
            ["offsetResetPolicy"] = "earliest",
        },
    };

    private static Dictionary<string, object> Processor() => new()
    {
        ["type"] = "cpu",
        ["metricType"] = "Utilization",
        ["metadata"] = new Dictionary<string, object> { ["value"] = Text(ServiceScaling.Processor) },
    };

    private static Dictionary<string, object> Policy(int stabilizationSeconds, int pods) => new()
    {
        ["stabilizationWindowSeconds"] = stabilizationSeconds,
        ["policies"] = new List<object> { new Dictionary<string, object> { ["type"] = "Pods", ["value"] = pods, ["periodSeconds"] = 60 } },
    };

    // KEDA's metadata are texts.
    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
#endif
