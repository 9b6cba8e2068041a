using EventDriven.AppHost;
#if ASPIRE
using EventDriven.AppHost.Model;
#endif

#if ASPIRE
return await AppHostArguments.RunAsync(
    args, othersAllowed: true, arguments => arguments.Local ? LocalRun.RunAsync(arguments) : AspireRun.RunAsync(arguments));
#else
return await AppHostArguments.RunAsync(args, othersAllowed: false, LocalRun.RunAsync);
#endif
