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

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
exit_code=0
dotnet "$root/artifacts/bin/EventDriven.Tests/debug/EventDriven.Tests.dll" --progress off --no-ansi "$@" 2>&1 | tee "$log" || exit_code=$?

# The runner's summary; a run that dies before it has none, and is a failure whatever its exit code says.
count() { awk -v name="$1:" '$1 == name { value = $2 } END { print value }' "$log"; }
passed="$(count succeeded)"
failed="$(count failed)"
skipped="$(count skipped)"
if [[ -z "$passed" || -z "$failed" || -z "$skipped" ]]; then
    echo "The test run died before its summary." >&2
    passed=0 failed=1 skipped=0 exit_code=1
fi
[[ "$failed" -eq 0 || "$exit_code" -ne 0 ]] || exit_code=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$exit_code"
