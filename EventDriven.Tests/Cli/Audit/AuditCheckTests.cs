using EventDriven.Messaging.Operations.Audit;

namespace EventDriven.Tests.Cli.Audit;

/// <summary>What a superuser changes who takes the table's rules away is found.</summary>
public sealed class AuditCheckTests(Servers servers)
{
    private const int Count = 5;

    [Theory]
    [InlineData("change_id = gen_random_uuid()")]
    [InlineData("time = time + interval '1 microsecond'")]
    [InlineData("operator = 'grace'")]
    [InlineData("subject = NULL")]
    [InlineData("subject = ''")]
    [InlineData("host = 'another'")]
    [InlineData("address = NULL")]
    [InlineData("command = command || ' --yes'")]
    [InlineData("reason = 'another'")]
    [InlineData("phase = 'failed'")]
    [InlineData("detail = NULL")]
    [InlineData("previous_hash = sha256(previous_hash)")]
    [InlineData("hash = sha256(hash)")]

    // What is moved from one field to the next one is not the same text.
    [InlineData("command = command || left(reason, 1), reason = substr(reason, 2)")]
    public async Task A_changed_field_of_any_entry_is_found(string set)
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(Count);
        foreach (var sequence in (int[])[Count, 3, 1])
        {
            await audit.TamperAsync($"UPDATE audit.entries SET {set} WHERE sequence = {sequence}");

            var (fault, check) = await audit.CheckAsync();

            Assert.Equal(sequence, fault?.Sequence);
            Assert.Contains($"entry {sequence} was changed", fault!.Description, StringComparison.Ordinal);
            Assert.Equal(sequence - 1, check.Entries);
        }
    }

    [Fact]
    public async Task What_no_column_could_hold_is_a_changed_entry()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(2);
        await audit.TamperAsync(
            "ALTER TABLE audit.entries ALTER reason DROP NOT NULL; UPDATE audit.entries SET reason = NULL WHERE sequence = 2");

        Assert.Contains("entry 2 was changed", (await audit.CheckAsync()).Fault!.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_deleted_entry_is_found(int sequence)
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(Count);
        await audit.TamperAsync($"DELETE FROM audit.entries WHERE sequence = {sequence}");

        Assert.Equal(
            $"entry {sequence} is missing; entry {sequence + 1} is the next one.", (await audit.CheckAsync()).Fault?.Description);
    }

    /// <summary>Nothing in the table tells that there were more: that takes a hash that was noted.</summary>
    [Fact]
    public async Task Entries_that_were_deleted_from_the_end_are_found_by_a_noted_head()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(Count);
        var head = (await audit.CheckAsync()).Check.Head;
        await audit.AppendAsync(1);
        Assert.Null((await audit.CheckAsync(head)).Fault);

        await audit.TamperAsync($"DELETE FROM audit.entries WHERE sequence >= {Count}");

        Assert.Null((await audit.CheckAsync()).Fault);
        var (fault, _) = await audit.CheckAsync(head);
        Assert.Equal(Count, fault?.Sequence);
        Assert.Contains("Entries at the end were deleted", fault!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_after_a_wrong_entry_is_checked_too()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(7);
        var head = (await audit.CheckAsync()).Check.Head;
        await audit.TamperAsync(
            "UPDATE audit.entries SET reason = 'another' WHERE sequence = 2; DELETE FROM audit.entries WHERE sequence IN (4, 5)");

        var (_, check) = await audit.CheckAsync(head);

        Assert.Equal([2L, 4L], check.Faults.Select(fault => fault.Sequence));
        Assert.Equal("entries 4 to 5 are missing; entry 6 is the next one.", check.Faults[1].Description);
        Assert.Equal((1, 0), (check.Entries, check.More));

        await audit.TamperAsync("DELETE FROM audit.entries WHERE sequence = 7");

        (_, check) = await audit.CheckAsync(head);
        Assert.Equal([2L, 4L, 7L], check.Faults.Select(fault => fault.Sequence));
        Assert.Contains("Entries at the end were deleted", check.Faults[2].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_faults_are_told_and_the_others_counted()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(AuditCheck.MaxFaults + 3);
        await audit.TamperAsync("UPDATE audit.entries SET reason = 'another'");

        var (_, check) = await audit.CheckAsync();

        Assert.Equal((AuditCheck.MaxFaults, 3), (check.Faults.Count, check.More));
    }

    [Fact]
    public async Task An_entry_that_was_inserted_with_a_right_hash_is_found()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(Count);
        var entries = await audit.EntriesAsync();
        var forged = entries[2] with { Record = entries[2].Record with { Command = "forged" } };
        forged = forged with { Hash = AuditHash.Of(forged) };

        // The third becomes the fourth and so on, and the forged one the third, which follows the second.
        await audit.TamperAsync(
            $"""
            UPDATE audit.entries SET sequence = sequence + 100 WHERE sequence >= 3;
            UPDATE audit.entries SET sequence = sequence - 99 WHERE sequence > 100;
            ALTER TABLE audit.entries DROP CONSTRAINT entries_previous_hash_key;
            INSERT INTO audit.entries SELECT 3, change_id, time, operator, subject, host, address, 'forged', reason, phase, detail,
                previous_hash, decode('{AuditHash.Text(forged.Hash)}', 'hex') FROM audit.entries WHERE sequence = 4
            """);

        var (fault, check) = await audit.CheckAsync();
        Assert.Equal((4, 3), (fault?.Sequence, check.Entries));
    }

    [Fact]
    public async Task An_entry_that_was_replaced_with_a_right_hash_breaks_the_chain_behind_it()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(Count);
        var entry = (await audit.EntriesAsync())[1];
        var forged = entry with { Record = entry.Record with { Command = "forged" } };
        var hash = AuditHash.Text(AuditHash.Of(forged));
        await audit.TamperAsync(
            $"UPDATE audit.entries SET command = 'forged', hash = decode('{hash}', 'hex') WHERE sequence = 2");

        Assert.Contains("entry 3 does not follow entry 2", (await audit.CheckAsync()).Fault!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_changed_places_are_found()
    {
        var audit = await AuditFixture.CreateAsync(servers);
        await audit.AppendAsync(Count);
        await audit.TamperAsync(
            """
            UPDATE audit.entries SET sequence = 100 WHERE sequence = 2; UPDATE audit.entries SET sequence = 2 WHERE sequence = 3;
            UPDATE audit.entries SET sequence = 3 WHERE sequence = 100
            """);

        Assert.Equal(2, (await audit.CheckAsync()).Fault?.Sequence);
    }
}
