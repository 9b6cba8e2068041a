#!/usr/bin/env bash
# Runs the whole application under a load and under faults, and checks what it has done: ./chaos.sh --seed 7 --minutes 3; --help lists the rest.
# One seed gives one schedule of faults. Needs Apache Kafka (KAFKA_HOME); PostgreSQL and Redis are installed where they are missing.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/eng/dotnet.sh"

"$root/eng/install.sh" postgres redis java
dotnet build "$root/EventDriven.Chaos" -c Release --tl:off -v q -clp:NoSummary
exec dotnet "$root/artifacts/bin/EventDriven.Chaos/release/EventDriven.Chaos.dll" "$@"
