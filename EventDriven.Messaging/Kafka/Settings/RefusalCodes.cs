using Confluent.Kafka;

#if EVENTDRIVEN_HOSTING
namespace EventDriven.Hosting.Kafka.Settings;
#else
namespace EventDriven.Messaging.Kafka.Settings;
#endif

/// <summary>Errors with which Kafka refuses a client.</summary>
internal static class RefusalCodes
{
    /// <summary>Whether a client gets no connection until somebody changes something: wrong credentials, or certificates.</summary>
    public static bool IsOfConnection(ErrorCode code) => code
        is ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed or ErrorCode.UnsupportedSaslMechanism
            or ErrorCode.IllegalSaslState or ErrorCode.Local_Ssl;

    /// <summary>Whether a client lacks a right.</summary>
    public static bool IsOfRight(ErrorCode code) => code
        is ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed
            or ErrorCode.TransactionalIdAuthorizationFailed;
}
