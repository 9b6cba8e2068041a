#!/usr/bin/env bash
# Fails if a package of the solution, referenced directly or not, has a known vulnerability. Package sources that don't tell (a mirror often has
# no VulnerabilityInfo resource) are named, because a solution would look clean to them.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
source "$root/eng/dotnet.sh"

told=false
while read -r state address; do
    [[ "$state" == E && "$address" == http* ]] || continue
    if curl -fsSL --max-time 30 "$address" | grep -q VulnerabilityInfo; then
        told=true
    else
        echo "A package source does not tell which packages are vulnerable: $address"
    fi
done < <(dotnet nuget list source --format short)
if [[ "$told" == false ]]; then
    echo "Vulnerable packages: not checked."
    exit 0
fi

report="$(dotnet list "$root/EventDriven.sln" package --vulnerable --include-transitive --no-restore)"
if grep -q 'has the following vulnerable packages' <<<"$report"; then
    grep -v 'has no vulnerable packages' <<<"$report"
    echo "Update the packages above (Directory.Packages.props), or pin a newer version of a transitive one there." >&2
    exit 1
fi
echo "Vulnerable packages: none."
