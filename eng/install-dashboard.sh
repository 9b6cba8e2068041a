#!/usr/bin/env bash
# Installs the Aspire CLI's npm package into artifacts/tools and unpacks the dashboard that it carries.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
version=13.5.4
tools="$root/artifacts/tools"

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) package=@microsoft/aspire-cli-linux-x64 ;;
    Linux-aarch64) package=@microsoft/aspire-cli-linux-arm64 ;;
    *) echo "No dashboard for $(uname -s) on $(uname -m) is known here." >&2; exit 1 ;;
esac

if [[ -x "$tools/aspire/bundle/managed/aspire-managed" ]] && grep -qs "\"$package\": \"$version\"" "$tools/package.json"; then
    exit 0
fi

"$root/eng/install.sh" npm
echo "Installing the Aspire dashboard $version ..."
mkdir -p "$tools/aspire"
npm install --prefix "$tools" --save-exact --no-audit --no-fund --loglevel error "$package@$version"

# The CLI unpacks into its home, which is ours here instead of ~/.aspire.
export ASPIRE_HOME="$tools/aspire" ASPIRE_CLI_TELEMETRY_OPTOUT=true NO_COLOR=1
if ! log="$("$tools/node_modules/$package/bin/aspire" setup --install-path "$ASPIRE_HOME" --nologo </dev/null 2>&1)"; then
    echo "$log" >&2
    exit 1
fi
