using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>
/// Are the branches of a union contained in those of another? Where that holds only because new properties are no restriction, each
/// branch needs a counterpart of its own: else a branch could vanish into any other one.
/// </summary>
internal static class BranchMatching
{
    public static bool IsContained(ContainmentCheck check, IReadOnlyList<Conjunction> cases, Schema right, Tolerance tolerance)
    {
        if (tolerance == Tolerance.None || (right.AnyOf.Count == 0 && right.OneOf.Count == 0))
        {
            return cases.All(piece => check.IsContained(piece, right, tolerance));
        }

        var branches = right.AnyOf.Count > 0 ? right.AnyOf : right.OneOf;
        var waiting = new List<IReadOnlyList<int>>();
        var taken = new HashSet<int>();
        foreach (var piece in cases)
        {
            var strictly = Counterparts(check, piece, branches, Tolerance.None);
            if (check.IsContained(piece, right, Tolerance.None))
            {
                taken.UnionWith(strictly);
                continue;
            }

            if (!check.IsContained(piece, right, tolerance))
            {
                return false;
            }

            waiting.Add(Counterparts(check, piece, branches, Tolerance.NewPropertiesOfBranch));
        }

        // A case without a counterpart was contained by further cases, each of which has its own.
        return HaveCounterparts([.. waiting.Where(candidates => candidates.Count > 0)], taken, branches.Count);
    }

    private static List<int> Counterparts(ContainmentCheck check, Conjunction piece, IReadOnlyList<Schema> branches, Tolerance tolerance) =>
        [.. Enumerable.Range(0, branches.Count).Where(index => check.IsContained(piece, branches[index], tolerance))];

    private static bool HaveCounterparts(List<IReadOnlyList<int>> waiting, HashSet<int> taken, int branches)
    {
        var owners = new int?[branches];
        return Enumerable.Range(0, waiting.Count).All(index => Assign(index, []));

        bool Assign(int index, HashSet<int> tried)
        {
            foreach (var candidate in waiting[index].Where(candidate => !taken.Contains(candidate) && tried.Add(candidate)))
            {
                if (owners[candidate] is not { } owner || Assign(owner, tried))
                {
                    owners[candidate] = index;
                    return true;
                }
            }

            return false;
        }
    }
}
