#!/usr/bin/env bash
# Measures against the bare clients on this machine: ./bench.sh [names] [--quick]. Writes artifacts/bench.json.
# Needs Apache Kafka (KAFKA_HOME); PostgreSQL and Redis are installed where they are missing.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/eng/dotnet.sh"

"$root/eng/install.sh" postgres redis java
for project in EventDriven.Benchmarks EventDriven.Benchmarks.Peer; do
    dotnet build "$root/$project" -c Release --tl:off -v q -clp:NoSummary
done
exec dotnet "$root/artifacts/bin/EventDriven.Benchmarks/release/EventDriven.Benchmarks.dll" "$@"
