#!/usr/bin/env bash
# Builds and starts the whole system: under Aspire where there is a container runtime and the Aspire packages, else as plain processes.
#   ./run.sh                    start it, show what runs where, stop it with Ctrl-C
#   ./run.sh --demo             start it, place 50 orders, show what became of each, stop it
#   ./run.sh --local            no containers, even where they would work
#   ./run.sh --with-dashboard   also install the Aspire dashboard for the local mode (npm, about 100 MB, once)
# Further options of the local mode: --ephemeral, --data DIR, --no-dashboard.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/eng/dotnet.sh"

local_mode=no
arguments=()
for argument in "$@"; do
    case "$argument" in
        --with-dashboard) "$root/eng/install-dashboard.sh" ;;
        --local) local_mode=yes ;;
        *) arguments+=("$argument") ;;
    esac
done

container_runtime() { docker info >/dev/null 2>&1 || podman info >/dev/null 2>&1; }
aspire() { grep -qs '<AspireAvailable>true' "$root"/artifacts/aspire-*.props; }

echo "Building ..."
dotnet build "$root/EventDriven.AppHost/EventDriven.AppHost.csproj" -c Release --tl:off -v q -clp:NoSummary

if [[ $local_mode == no ]] && aspire && container_runtime; then
    exec dotnet run --project "$root/EventDriven.AppHost" -c Release --no-build -- "${arguments[@]}"
fi

needs=(postgres redis)
[[ -z "${KAFKA_HOME:-}" ]] || needs+=(java)
"$root/eng/install.sh" "${needs[@]}"
exec dotnet "$root/artifacts/bin/EventDriven.AppHost/release/EventDriven.AppHost.dll" --local "${arguments[@]}"
