# Sourced where .NET processes start by the dozen and live for minutes, several of them on each core. The runtime's defaults are for one process that
# lives for days: it compiles what is called often again, twice, and idle threads of its pool spin for a while before they sleep. With two instances of
# each service on two cores, the first was two thirds of all processor time for minutes, the second an eighth. Never for a figure that is compared.
export DOTNET_TieredCompilation=0 DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
