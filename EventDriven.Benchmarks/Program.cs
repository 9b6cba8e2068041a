using EventDriven.Benchmarks;
using EventDriven.Benchmarks.Harness.Contestants;

// "contestant NAME" is how ./bench.sh starts the processes that it measures.
return args is ["contestant", var name]
    ? await ContestantHost.RunAsync(Catalogue.Contestants[name])
    : await BenchmarkCommand.RunAsync(args);
