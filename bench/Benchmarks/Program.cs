using BenchmarkDotNet.Running;
using TypedSocketRedis.Benchmarks;

// In addition to the benchmarks: three measurements that need several operations in one process, and the fuzz run.
switch (args)
{
    case ["generator"]:
        GeneratorTimings.Run();
        break;
    case ["publish", .. var rest]:
        await PublishRatio.RunAsync(rest);
        break;
    case ["dispatch"]:
        await DispatchRatio.RunAsync();
        break;
    case ["fuzz", .. var rest]:
        return await FuzzCommand.RunAsync(rest);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(GeneratorBenchmarks).Assembly).Run(args);
        break;
}

return 0;
