using Confluent.Kafka;

namespace EventDriven.Messaging.Events;

/// <summary>The CloudEvents headers of a record, found in one pass. If a header is repeated, the last one counts.</summary>
internal readonly struct CloudEventHeaders
{
    public CloudEventHeaders(Headers? headers)
    {
        if (headers is null)
        {
            return;
        }

        for (var i = 0; i < headers.Count; i++)
        {
            var header = headers[i];
            var value = header.GetValueBytes();
            switch (header.Key)
            {
                case "ce_specversion":
                    SpecVersion = value;
                    break;
                case "ce_id":
                    Id = value;
                    break;
                case "ce_source":
                    Source = value;
                    break;
                case "ce_type":
                    Type = value;
                    break;
                case "ce_subject":
                    Subject = value;
                    break;
                case "ce_time":
                    Time = value;
                    break;
                case "ce_dataschema":
                    DataSchema = value;
                    break;
                case "ce_correlationid":
                    CorrelationId = value;
                    break;
                case "ce_causationid":
                    CausationId = value;
                    break;
                case "ce_traceparent":
                    TraceParent = value;
                    break;
                case "ce_tracestate":
                    TraceState = value;
                    break;
                case "content-type":
                    ContentType = value;
                    break;
            }
        }
    }

    public byte[]? SpecVersion { get; }

    public byte[]? Id { get; }

    public byte[]? Source { get; }

    public byte[]? Type { get; }

    public byte[]? Subject { get; }

    public byte[]? Time { get; }

    public byte[]? DataSchema { get; }

    public byte[]? CorrelationId { get; }

    public byte[]? CausationId { get; }

    public byte[]? TraceParent { get; }

    public byte[]? TraceState { get; }

    public byte[]? ContentType { get; }
}
