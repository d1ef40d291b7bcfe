using System.Runtime.InteropServices;
using StackExchange.Redis;
using TypedSocketRedis;
using Worker;

WorkerOptions options;
try
{
    options = WorkerOptions.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{WorkerOptions.Usage}");
    return 2;
}

if (options.Help)
{
    Console.WriteLine(WorkerOptions.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    // The connection is closed before the process ends.
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var configuration = ConfigurationOptions.Parse(options.Redis);
configuration.AbortOnConnectFail = false;
configuration.ConnectTimeout = 1_000;
await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
if (!redis.IsConnected) Console.WriteLine($"Redis at {options.Redis} is not reachable: sending starts when it appears.");

await using var emitter = new RedisEmitter(redis);
var clients = emitter.Of<IWorkerEvents>().All;
using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
try
{
    for (var number = 1; await second.WaitForNextTickAsync(stop.Token); number++)
    {
        try
        {
            await clients.Measured(new Measurement(number, DateTime.UtcNow, (int)(Environment.WorkingSet >> 20)), stop.Token);
            var sockets = await clients.FetchSocketsAsync(stop.Token);
            Console.WriteLine(
                $"measured #{number}: {sockets.Count} clients on {sockets.RespondedNodes} of {sockets.ExpectedNodes} servers");
        }
        catch (RedisException lost)
        {
            Console.WriteLine($"measured #{number} was not accepted: {lost.Message}");
        }
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    // The normal end.
}

return 0;
