using EventDriven.Benchmarks;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.Harness.Contestants;

// "contestant NAME" and the twin's API are how ./bench.sh starts the processes that it measures.
return args switch
{
    ["contestant", var name] => await ContestantHost.RunAsync(Catalogue.Contestants[name]),
    [TwinApi.Command] => await TwinApi.RunAsync(),
    _ => await BenchmarkCommand.RunAsync(args),
};
