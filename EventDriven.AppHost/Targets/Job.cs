#if ASPIRE_KUBERNETES
using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace EventDriven.AppHost.Targets;

/// <summary>A job of Kubernetes (<c>batch/v1</c>), for which Aspire has no type.</summary>
internal sealed class Job() : Workload("batch/v1", "Job")
{
    [YamlMember(Alias = "spec")]
    public JobSpec Spec { get; set; } = new();

    [YamlIgnore]
    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}
#endif
