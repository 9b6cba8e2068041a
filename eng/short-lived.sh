# Sourced where .NET processes start by the dozen and live for minutes, several of them on each core. The runtime's defaults are for one process that
# lives for days: it compiles what is called often again, twice, idle threads of its pool spin for a while before they sleep, and code that was just
# compiled is mapped twice, so that no page can be both written and executed
# (docs/decisions/0057-tests-and-the-fault-rig-compile-once.md). Never for a figure that is compared.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCounting=0 DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0 DOTNET_EnableWriteXorExecute=0
