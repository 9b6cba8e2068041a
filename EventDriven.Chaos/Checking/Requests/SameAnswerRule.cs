using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Checking.Requests;

/// <summary>Every request with an idempotency key that was answered got the same answer, byte by byte.</summary>
internal sealed class SameAnswerRule() : Rule("L6")
{
    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        foreach (var requests in run.Requests)
        {
            var different = requests.Where(request => request.Outcome == Outcome.Ok)
                .DistinctBy(request => (request.Status, request.OrderId, request.AnswerHash)).ToList();
            if (different.Count > 1)
            {
                yield return Finding.Of($"Key {requests.Key} was answered in {different.Count} ways.", different);
            }
        }
    }
}
