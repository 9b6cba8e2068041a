# Sourced: makes sure that the .NET SDK that global.json asks for is on PATH, and keeps its greetings out of the output.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
if ! command -v dotnet >/dev/null 2>&1 && [[ -x "$HOME/.dotnet/dotnet" ]]; then
    export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
fi
if ! dotnet --version >/dev/null 2>&1; then
    echo "The .NET 10 SDK is missing; global.json says which version." >&2
    exit 1
fi
