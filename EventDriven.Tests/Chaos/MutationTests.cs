using EventDriven.Chaos.Checking;
using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Histories;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Tests.Chaos.Simulation;

namespace EventDriven.Tests.Chaos;

/// <summary>What is altered in the evidence of a system that keeps its promises is found by its rule.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class MutationTests
{
    private const int Seed = 8;

    private static readonly FaultReport Skew = new(
        new PlannedFault(
            1, FaultKinds.ClockSkew, "inventory-2", TimeSpan.Zero, TimeSpan.Zero, new Dictionary<string, string>(StringComparer.Ordinal)),
        World.Begin,
        World.Begin,
        TookEffect: true,
        "10 minutes");

    private readonly History _history;
    private readonly SystemEvidence _evidence;

    public MutationTests() => (_history, _evidence) = SimulatedSystem.Run(Seed, Defect.None);

    [Fact]
    public void Data_that_does_not_fit_its_type_is_found_and_not_passed_over() =>
        Finds("EventIdentity", "its data does not fit", Altered<OrderConfirmed>(_ => null));

    [Fact]
    public void A_fact_that_says_something_else_than_its_state_is_found()
    {
        Finds("StateAndFacts", "another customer", Altered<OrderPlaced>(placed => placed with { CustomerId = Guid.AllBitsSet }));
        Finds("StateAndFacts", "another total", Altered<OrderPlaced>(placed => placed with { Total = placed.Total + 1 }));
        Finds("StateAndFacts", "another lines", Altered<OrderPlaced>(
            placed => placed with { Lines = [.. placed.Lines.Select(line => line with { Sku = "other" })] }));
        Finds("StateAndFacts", "another time", Altered<OrderPlaced>(placed => placed with { PlacedAt = placed.PlacedAt.AddSeconds(1) }));
        Finds("StateAndFacts", "another time", Altered<OrderCancelled>(
            cancelled => cancelled with { CancelledAt = cancelled.CancelledAt.AddSeconds(1) }));
        Finds("StateAndFacts", "another amount", Altered<PaymentCaptured>(paid => paid with { Amount = paid.Amount + 1 }));
        Finds("StateAndFacts", "another amount", Altered<PaymentRefunded>(back => back with { Amount = back.Amount + 1 }));
    }

    [Fact]
    public void Effects_are_out_of_order_where_both_their_times_and_their_transactions_are()
    {
        var group = _evidence.Groups.First(known => known.Name == "notifications");
        var key = _evidence.Log.Where(record => record.Event is { } read && group.Inbox.ContainsKey(read.Identity))
            .DistinctBy(record => record.Event!.Identity).GroupBy(record => (record.Topic, record.Key)).First(same => same.Count() > 1)
            .Select(record => group.Inbox[record.Event!.Identity]).Take(2).ToList();
        var (first, second) = (key[0], key[1]);
        var earlier = first with { HandledAt = second.HandledAt.AddSeconds(1) };

        Finds("EffectOrder", "before", With(earlier with { Transaction = second.Transaction + 1 }));
        Assert.DoesNotContain(
            Checker.Check(_history, With(earlier with { Transaction = second.Transaction - 1 })), found => found.Rule == "EffectOrder");

        SystemEvidence With(InboxRow row) => this.With(group with
        {
            Inbox = group.Inbox.Values.Select(other => other.Identity == row.Identity ? row : other).ToDictionary(other => other.Identity),
        });
    }

    [Fact]
    public void A_cancellation_that_overtook_its_order_is_found_whatever_the_clocks_say()
    {
        var reservation = _evidence.Inventory.Reservations.First(known => known.State == "Released" && known.Placed);
        var skewed = _history with { Faults = [.. _history.Faults, Skew] };
        var mutated = _evidence with
        {
            Inventory = _evidence.Inventory with
            {
                Reservations =
                [
                    .. _evidence.Inventory.Reservations.Select(
                        known => known == reservation ? known with { State = "Cancelled", Placed = false } : known),
                ],
            },
        };

        Assert.Contains(Checker.Check(skewed, mutated), found => found.Rule == "EffectOrder");
        Assert.DoesNotContain(Checker.Check(skewed, _evidence), found => found.Rule == "EffectOrder");
    }

    [Fact]
    public void A_key_that_signs_two_customers_up_is_found()
    {
        var signUp = _history.Operations.First(request => request is { Kind: OperationKind.SignUp, Outcome: Outcome.Ok });
        var repeat = signUp with { Number = _history.Operations.Count + 1, Kind = OperationKind.Repeat, CustomerId = Guid.AllBitsSet };

        var found = Checker.Check(_history with { Operations = [.. _history.Operations, repeat] }, _evidence);

        Assert.Contains(found, anomaly => anomaly.Rule == "OneOrderPerKey");
        Assert.Contains(found, anomaly => anomaly.Rule == "AcknowledgedChange");
    }

    [Fact]
    public void A_repeat_is_judged_by_what_was_asked_for_with_its_key()
    {
        var key = _history.Operations.First(request => request is { Kind: OperationKind.Repeat, Outcome: Outcome.Ok }).IdempotencyKey;
        var asked = _history.Operations.First(request => request.Kind == OperationKind.Place && request.IdempotencyKey == key);
        var other = asked with { Outcome = Outcome.Unknown, OrderId = null, Lines = [new OperationLine("other", 1)] };

        var found = Checker.Check(
            _history with { Operations = [.. _history.Operations.Select(request => request == asked ? other : request)] }, _evidence);

        Assert.Contains(found, anomaly => anomaly.Rule == "AcknowledgedOrder");
    }

    [Theory]
    [InlineData("failed", "discarded")]
    [InlineData("contradictory", "redriven")]
    public void A_dead_letter_that_was_not_planted_is_found_whatever_became_of_it(string reason, string state)
    {
        var group = _evidence.Groups.First(known => known.DeadLetters.Any(letter => letter is { Reason: "failed", State: "redriven" }));

        Finds("DeadLetter", "nobody planted", With(group with
        {
            DeadLetters =
            [
                .. group.DeadLetters.Select(
                    letter => letter.Reason == "failed" ? letter with { Reason = reason, State = state } : letter),
            ],
        }));
    }

    [Fact]
    public void A_planted_record_that_a_group_has_no_dead_letter_of_is_found()
    {
        var group = _evidence.Groups.First(known => known.DeadLetters.Any(letter => letter.Reason == "unreadable"));
        var planted = group.DeadLetters.First(letter => letter.Reason == "unreadable");

        Finds("DeadLetter", "no dead letter of a record that was planted", With(group with
        {
            DeadLetters = [.. group.DeadLetters.Where(letter => letter != planted)],
        }));
        Finds("DeadLetter", "planted to be unreadable", With(group with
        {
            DeadLetters = [.. group.DeadLetters.Select(letter => letter == planted ? letter with { Reason = "failed" } : letter)],
        }));
    }

    [Fact]
    public void A_stored_offset_past_the_end_of_its_partition_is_found()
    {
        var group = _evidence.Groups[0];
        var offsets = group.Offsets.ToDictionary(offset => offset.Key, offset => offset.Value > 0 ? offset.Value + 1 : 0);

        Finds("StoredOffset", "past the end", With(group with { Offsets = offsets }));
    }

    [Fact]
    public void Money_that_is_kept_and_money_that_went_back_for_nothing_are_found()
    {
        Finds("Payment", "keeps money", With("Refunded", "Pending"));
        Finds("Payment", "gave money back", With(null, "Refunded"));

        SystemEvidence With(string? from, string to)
        {
            var payments = _evidence.Checkout.Payments;
            var first = payments.First(payment => payment.RefundState == from);
            return _evidence with
            {
                Checkout = _evidence.Checkout with
                {
                    Payments = [.. payments.Select(payment => payment == first ? payment with { RefundState = to } : payment)],
                },
            };
        }
    }

    [Fact]
    public void A_forgotten_customers_address_is_found_unless_its_order_may_have_come_later()
    {
        var group = _evidence.Groups.First(known => known.Name == "notifications");
        var heard = _evidence.Log.First(
            record => record.Event?.Fact is CustomerForgotten && group.Inbox.ContainsKey(record.Event.Identity));
        var forgotten = Guid.Parse(heard.Key!);
        var placed = _evidence.Log.Where(record => record.Event?.Fact is OrderPlaced && group.Inbox.ContainsKey(record.Event.Identity))
            .OrderBy(record => group.Inbox[record.Event!.Identity].HandledAt).ToList();
        var (early, late) = (placed[0], placed[^1]);
        var inbox = group.Inbox.ToDictionary();
        inbox[heard.Event!.Identity] = inbox[heard.Event.Identity] with
        {
            HandledAt = group.Inbox[early.Event!.Identity].HandledAt.AddMinutes(1),
        };

        Finds("ForgottenCustomer", "has an address", Addressed(forgotten, _evidence));
        Finds("ForgottenCustomer", "has an address", Addressed(Guid.Parse(early.Key!), With(group with { Inbox = inbox })));
        inbox[late.Event!.Identity] = inbox[late.Event.Identity] with { HandledAt = inbox[heard.Event.Identity].HandledAt.AddSeconds(1) };
        Assert.DoesNotContain(
            Checker.Check(_history, Addressed(Guid.Parse(late.Key!), With(group with { Inbox = inbox }))),
            found => found.Rule == "ForgottenCustomer");

        SystemEvidence Addressed(Guid about, SystemEvidence evidence) => evidence with
        {
            Notifications = evidence.Notifications with
            {
                Addressed = new Dictionary<Guid, Guid>(evidence.Notifications.Addressed) { [about] = forgotten },
            },
        };
    }

    [Theory]
    [InlineData("notifications-2", 121, true, true)]
    [InlineData("notifications-2", 60, true, false)]
    [InlineData("notifications-2", 121, false, false)]
    [InlineData("checkout-1", 121, true, false)]
    public void The_mail_of_a_forgotten_customer_is_excused_only_by_a_sender_that_was_stopped_beyond_its_lease(
        string target, int seconds, bool tookEffect, bool isExcused)
    {
        var gone = _evidence.Notifications.Messages.First(message => message.State == "Forgotten").MessageId;
        var mails = _evidence.Notifications with { Mails = [.. _evidence.Notifications.Mails!, gone] };
        var stop = Skew with
        {
            Fault = Skew.Fault with { Kind = FaultKinds.PauseService, Target = target },
            Ended = World.Begin.AddSeconds(seconds),
            TookEffect = tookEffect,
        };

        var found = Checker.Check(_history with { Faults = [.. _history.Faults, stop] }, _evidence with { Notifications = mails });

        Assert.Equal(!isExcused, found.Any(anomaly => anomaly.Rule == "Mail"));
    }

    [Theory]
    [InlineData("notifications-2", 30, true)]
    [InlineData("notifications/postgres", 30, true)]
    [InlineData("postgres", 30, true)]
    [InlineData("postgres", 90, false)]
    [InlineData("checkout", 30, false)]
    [InlineData("notifications-2/kafka", -30, false)]
    public void A_mail_that_was_sent_twice_is_excused_only_by_trouble_of_its_sender_or_its_database_in_between(
        string target, int seconds, bool isExcused)
    {
        var first = new MailHandOver(_evidence.Notifications.Mails![0], World.Begin.AddMinutes(10));
        var again = first with { At = first.At.AddMinutes(1) };
        var at = first.At.AddSeconds(seconds);
        var trouble = Skew with { Fault = Skew.Fault with { Kind = "any", Target = target }, Began = at, Ended = at };
        var history = _history with { Mails = [first, again], Faults = [trouble] };

        var found = Checker.Check(history, _evidence).Where(anomaly => anomaly.Rule == "Mail").ToList();

        Assert.Equal(
            isExcused ? [] : [$"Mail {first.MessageId} was sent again, though nothing had happened to its sender or its database."],
            found.Select(anomaly => anomaly.What));
    }

    [Fact]
    public void A_group_that_is_unknown_or_reads_less_than_it_has_to_or_only_since_lately_is_found()
    {
        var group = _evidence.Groups.First(known => known.Name == "analytics");
        var late = group.Types.ToDictionary(type => type.Key, _ => _history.Began.AddSeconds(1));

        Finds("Subscription", "No database knows", _evidence with { Groups = [.. _evidence.Groups.Where(known => known != group)] });
        Finds("Subscription", "does not read payments.v1", With(group with { Topics = ["orders.v1"] }));
        Finds("Subscription", "does not handle", With(group with { Types = new Dictionary<string, DateTimeOffset>() }));
        Finds("Subscription", "only since", With(group with { Types = late }));
    }

    private void Finds(string rule, string what, SystemEvidence evidence)
    {
        Assert.Empty(Checker.Check(_history, _evidence));
        Assert.Contains(
            Checker.Check(_history, evidence),
            found => found.Rule == rule && found.What.Contains(what, StringComparison.Ordinal) && found.History.Count > 0);
    }

    private SystemEvidence With(GroupEvidence group) => _evidence with
    {
        Groups = [.. _evidence.Groups.Select(known => known.Name == group.Name ? group : known)],
    };

    /// <summary>The evidence with another fact in all copies of the first event with one of a type.</summary>
    private SystemEvidence Altered<TFact>(Func<TFact, object?> alter)
    {
        var first = _evidence.Log.First(record => record.Event?.Fact is TFact).Event!.Identity;
        return _evidence with
        {
            Log =
            [
                .. _evidence.Log.Select(record => record.Event is { } read && read.Identity == first
                    ? record with { Event = read with { Fact = alter((TFact)read.Fact!) } }
                    : record),
            ],
        };
    }
}
