namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>What is wrong with a simulated system, on purpose; each is a mistake that is made in real systems.</summary>
internal enum Defect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The offset is stored when an event is read, before it is handled.</summary>
    OffsetBeforeEffect,

    /// <summary>The highest offset that was handled is stored, though an earlier event still waits for its retry.</summary>
    OffsetPastGap,

    /// <summary>An event that is delivered again is handled again.</summary>
    NoInbox,

    /// <summary>The inbox row commits before the effect.</summary>
    InboxBeforeEffect,

    /// <summary>While an event waits for its retry, later ones of its key are handled.</summary>
    RetryOvertaken,

    /// <summary>Events are published after the state is saved, from memory.</summary>
    PublishAfterSave,

    /// <summary>Events are published before the state is saved.</summary>
    PublishBeforeSave,

    /// <summary>Who has lost a partition goes on with what it has read, and does not look whether others have handled it.</summary>
    NoFencing,

    /// <summary>Who loses a partition stores its offset behind what it has read and not handled.</summary>
    LostWorkStored,

    /// <summary>After a rebalance, nobody reads a partition.</summary>
    PartitionForgotten,

    /// <summary>Dead letters of a key are redriven newest first.</summary>
    RedriveOutOfOrder,

    /// <summary>Later events of a key overtake its dead letter.</summary>
    ParkedKeyOvertaken,

    /// <summary>An event that fails for the last time is logged and skipped.</summary>
    FailedEventDropped,

    /// <summary>A record that can't be read is logged and skipped.</summary>
    UnreadableRecordDropped,

    /// <summary>A failed event is left as a dead letter for ever: nobody redrives it.</summary>
    DeadLetterForgotten,

    /// <summary>A relay that sends an event again gives it a new id.</summary>
    ResentWithNewId,

    /// <summary>A relay that sends an event again sends it as it would be now.</summary>
    ResentAltered,

    /// <summary>A relay sends what is in the outbox in any order.</summary>
    RelayOutOfSequence,

    /// <summary>A relay leaves an event in the outbox.</summary>
    RelayStuck,

    /// <summary>A topic gets another partition, and keys move.</summary>
    KeyMovesPartition,

    /// <summary>The broker acknowledges what it then loses.</summary>
    BrokerLosesRecord,

    /// <summary>Offset and inbox row of a read model commit before its rows.</summary>
    ReadModelOutsideTransaction,

    /// <summary>A replay makes a group forget what it has handled.</summary>
    ReplayRepeatsEffects,

    /// <summary>A repeated request with a known idempotency key places another order.</summary>
    KeyIgnored,

    /// <summary>A repeated request gets the order as it is now, instead of the first answer.</summary>
    AnswerDiffers,

    /// <summary>An order is acknowledged before it is committed.</summary>
    AcknowledgedBeforeCommit,

    /// <summary>An order that is refused is stored all the same.</summary>
    RefusedButStored,

    /// <summary>A cancellation that is acknowledged is not stored.</summary>
    CancellationLost,

    /// <summary>An order that was rejected can be cancelled.</summary>
    IllegalTransition,

    /// <summary>An order is confirmed without waiting for its stock.</summary>
    ConfirmedBeforeReserved,

    /// <summary>Stock is taken in another transaction than the reservation's.</summary>
    StockOutsideTransaction,

    /// <summary>Stock is given back in another transaction than the reservation's.</summary>
    ReleasedTwice,

    /// <summary>Stock is taken without looking whether there is enough.</summary>
    Oversold,

    /// <summary>A mail that is sent again has another Message-ID.</summary>
    MailWithAnotherId,

    /// <summary>Two senders send the same message, because none takes it before it sends.</summary>
    MailSentTwice,

    /// <summary>A message is recorded as sent before it is sent.</summary>
    SentBeforeMail,

    /// <summary>A payment that is notified again counts again.</summary>
    PaymentCountedTwice,

    /// <summary>Handlers announce events with a correlation id of their own.</summary>
    CorrelationLost,

    /// <summary>A forgotten customer keeps their key.</summary>
    KeyKept,

    /// <summary>A cancellation that is refused takes effect all the same.</summary>
    RefusedButCancelled,

    /// <summary>Orders are cancelled that nobody has cancelled.</summary>
    CancelledUnasked,

    /// <summary>Lag is reported from what was read, and not from what was handled.</summary>
    LagOfWhatWasRead,

    /// <summary>The age of the newest unhandled event is reported as that of the oldest.</summary>
    LagOfNewest,

    /// <summary>A service starts without one of its handlers, and passes over what that one handles.</summary>
    HandlerMissing,
}
