#!/usr/bin/env bash
# Builds and starts the whole system. Options are the AppHost's, --help lists them:
#   ./run.sh                               start it, show what runs where, stop it with Ctrl-C
#   ./run.sh --demo                        start it, place 50 orders, show what became of each, stop it
#   ./run.sh --servers processes           servers from the operating system's packages, even where containers would work
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$root/eng/dotnet.sh"

container_runtime() { timeout 5 docker info >/dev/null 2>&1 || timeout 5 podman info >/dev/null 2>&1; }

asked=" ${*//=/ } " asked="${asked,,}"
case "$asked" in
    *" --servers containers "* | *" --help "* | *" -h "* | *" -? "*) ;;
    *)
        if [[ "$asked" == *" --servers processes "* ]] || ! container_runtime; then
            needs=(postgres redis)
            [[ -z "${KAFKA_HOME:-}" ]] || needs+=(java)
            "$root/eng/install.sh" "${needs[@]}"
        fi
        ;;
esac

echo "Building ..."
dotnet build "$root/EventDriven.AppHost/EventDriven.AppHost.csproj" -c Release --tl:off -v q -clp:NoSummary
exec dotnet "$root/artifacts/bin/EventDriven.AppHost/release/EventDriven.AppHost.dll" "$@"
