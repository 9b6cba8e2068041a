#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test; arguments go to the test runner (./test.sh --filter-namespace 'EventDriven.Tests.Cli').
# The last line is "N passed, N failed, N skipped". With KAFKA_HOME the tests use Apache Kafka, else the cluster built into librdkafka.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/eng/dotnet.sh"

needs=(postgres redis exim4)
[[ -z "${KAFKA_HOME:-}" ]] || needs+=(java)
"$root/eng/install.sh" "${needs[@]}"
dotnet build "$root/EventDriven.sln" --tl:off -v q -clp:NoSummary

logs="$(mktemp -d)" runs=()
trap 'kill "${runs[@]}" 2>/dev/null || true; rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0 skipped=0 exit_code=0

run() { dotnet "$root/artifacts/bin/EventDriven.Tests/debug/EventDriven.Tests.dll" --progress off --no-ansi "$@" 2>&1; }

# Adds the counts of a run's summary; a run that dies before it has none, and is a failure whatever its exit code says.
add() {
    local log="$1" succeeded
    count() { awk -v name="$1:" '$1 == name { value = $2 } END { print value }' "$log"; }
    succeeded="$(count succeeded)"
    if [[ -z "$succeeded" ]]; then
        echo "The test run died before its summary." >&2
        failed=$((failed + 1)) exit_code=1
    else
        passed=$((passed + succeeded)) failed=$((failed + $(count failed))) skipped=$((skipped + $(count skipped)))
    fi
}

if [[ $# -gt 0 ]]; then
    run "$@" | tee "$logs/asked" || exit_code=$?
    add "$logs/asked"
else
    # Three processes at once, each with servers of its own, because the tests wait more than they compute. What each says comes at its end.
    application='EventDriven.Tests.Application*' messaging='EventDriven.Tests.Messaging*'
    run --filter-namespace "$application" >"$logs/application" & runs=("$!")
    run --filter-namespace "$messaging" >"$logs/messaging" & runs+=("$!")
    run --filter-not-namespace "$application" "$messaging" >"$logs/rest" & runs+=("$!")
    for log in application messaging rest; do
        wait "${runs[0]}" || exit_code=$?
        runs=("${runs[@]:1}")
        cat "$logs/$log"
        add "$logs/$log"
    done
fi

[[ "$failed" -eq 0 || "$exit_code" -ne 0 ]] || exit_code=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$exit_code"
