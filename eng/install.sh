#!/usr/bin/env bash
# Installs the servers that the application and the tests run, as far as they are missing, through apt.
# Usage: eng/install.sh postgres redis java exim4 chromium prometheus
# Nothing that is there is touched, and no system service is started: the servers run as processes of ours.
set -euo pipefail

has() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1; }

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || has initdb; }
has_redis() { has redis-server || has valkey-server; }
has_java() { has java || [[ -n "${JAVA_HOME:-}" && -x "$JAVA_HOME/bin/java" ]]; }
has_exim4() { has exim4; }
has_chromium() { has chromium; }
has_prometheus() { has prometheus && has promtool; }

package_of() {
    case "$1" in
        postgres) echo postgresql ;;
        redis) if apt-cache show redis-server >/dev/null 2>&1; then echo redis-server; else echo valkey-server; fi ;;
        java) echo default-jre-headless ;;
        exim4) echo exim4-daemon-light ;;
        chromium) echo chromium ;;
        prometheus) echo prometheus ;;
        *) echo "eng/install.sh: unknown need '$1'" >&2; exit 2 ;;
    esac
}

missing=()
for need in "$@"; do
    "has_$need" || missing+=("$need")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if ! has apt-get; then
    echo "Missing: ${missing[*]}. Please install them; this script knows only apt." >&2
    exit 1
fi

as_root=()
if [[ $EUID -ne 0 ]]; then
    if ! has sudo; then
        echo "Missing: ${missing[*]}. Installing needs root, and there is no sudo; as root: eng/install.sh ${missing[*]}" >&2
        exit 1
    fi
    if ! sudo -n true 2>/dev/null && [[ ! -t 0 ]]; then
        echo "Missing: ${missing[*]}. sudo asks for a password, and there is no terminal; first run: sudo eng/install.sh ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

# While apt works: services are not started (exit code 101 of policy-rc.d), and PostgreSQL's package makes no cluster of its own.
policy=/usr/sbin/policy-rc.d
no_cluster=/etc/postgresql-common/createcluster.d/eventdriven.conf
restore() {
    "${as_root[@]}" rm -f "$no_cluster"
    [[ -z "${made_policy:-}" ]] || "${as_root[@]}" rm -f "$policy"
}
trap restore EXIT
if [[ ! -e "$policy" ]]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
fi
"${as_root[@]}" mkdir -p "$(dirname "$no_cluster")"
echo 'create_main_cluster = false' | "${as_root[@]}" tee "$no_cluster" >/dev/null

echo "Installing: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
packages=()
for need in "${missing[@]}"; do
    packages+=("$(package_of "$need")")
done
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
