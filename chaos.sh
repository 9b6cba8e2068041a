#!/usr/bin/env bash
# Runs the whole application under a load and under faults, and checks what it has done: ./chaos.sh --seed 7 --minutes 3; --help lists the rest.
# One seed gives one schedule of faults. Needs Apache Kafka (KAFKA_HOME); PostgreSQL and Redis are installed where they are missing. A deployment of
# your own (--deployment) has its servers.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/eng/dotnet.sh"

# Before minutes of installing and building. What only shows something needs no servers, and a deployment has its own.
needs_servers=yes
for argument in "$@"; do
    case "$argument" in
        -h | '-?' | '/?' | --help | --version | --list | --schedule-only | --coverage | --coverage=* | --deployment | --deployment=*)
            needs_servers= ;;
    esac
done
if [[ -n "$needs_servers" ]]; then
    if [[ -z "${KAFKA_HOME:-}" ]]; then
        echo "Faults need Apache Kafka; the emulator keeps its log in memory. Set KAFKA_HOME to the folder of its download." >&2
        exit 2
    fi
    "$root/eng/install.sh" postgres redis java
fi
dotnet build "$root/EventDriven.Chaos" -c Release --tl:off -v q -clp:NoSummary
source "$root/eng/short-lived.sh"
exec dotnet "$root/artifacts/bin/EventDriven.Chaos/release/EventDriven.Chaos.dll" "$@"
