using Confluent.Kafka;

namespace EventDriven.Messaging.Failures;

/// <summary>Tells a broker that is away from one that refuses.</summary>
internal static class KafkaOutage
{
    public static bool Is(KafkaException exception) => Is(exception.Error.Code);

    public static bool Is(ErrorCode code) => code
        is ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_TimedOut or ErrorCode.Local_Resolve or ErrorCode.RequestTimedOut;
}
