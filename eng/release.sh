#!/usr/bin/env bash
# Makes what a release consists of, in artifacts/release: the packages, their symbols, and a software bill of materials (SPDX 2.2, in
# _manifest) that names every file of them and every package that they were made with. Usage: eng/release.sh, on a commit with a tag v1.2.3.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
source eng/dotnet.sh

release="$root/artifacts/release" materials="$root/artifacts/materials"
rm -rf "$release" "$materials"
CI=true dotnet pack EventDriven.sln -c Release -o "$release" --tl:off -v q
version="$(basename "$release"/EventDriven.Messaging.Abstractions.*.nupkg .nupkg)"
version="${version#EventDriven.Messaging.Abstractions.}"

# What the packages are made with: the restored graph of each packed project, without those of tests, benchmarks and the example services.
for package in "$release"/*.nupkg; do
    name="$(basename "$package" ".$version.nupkg")"
    [[ -f "artifacts/obj/$name/project.assets.json" ]] || continue
    mkdir -p "$materials/$name"
    cp "artifacts/obj/$name/project.assets.json" "$materials/$name/"
done

dotnet tool restore
dotnet sbom-tool generate -b "$release" -bc "$materials" -pn EventDriven -pv "$version" -ps "EventDriven contributors" \
    -nsb https://spdx.org/spdxdocs/eventdriven -V Warning
echo "$release: $(find "$release" -maxdepth 1 -name '*.nupkg' | wc -l) packages of version $version, and _manifest/spdx_2.2/manifest.spdx.json"
