using System.Net.Sockets;
using Clock;
using Samples;

if (!ClockOptions.TryRead(args, out var options, out var exitCode)) return exitCode;

using var stop = new StopSignal(options.RunFor);
using var embedded = options.Redis is null ? new EmbeddedRedis() : null;
var address = options.Redis ?? embedded!.Address;
var browserClient = BrowserClient.FindAsync(stop.Token);
var nodes = options.Ports.Select(port => new Node(port, options.Ports, address, browserClient)).ToList();
var watchers = new List<Watcher>();
try
{
    foreach (var node in nodes) await node.StartAsync(stop.Token);

    Console.WriteLine($"""

          Two nodes of one cluster   http://localhost:{options.Ports[0]}  http://localhost:{options.Ports[1]}
          joined by Redis            {address}{(embedded is null ? "" : " (embedded)")}

          A separate emitter, without a server, sends the time every second. This is what a client from another
          vendor receives from each node: five ticks, then one every ten seconds. Ctrl+C ends it.

        """);

    await using var redis = await RedisLink.ConnectAsync(address, stop.Token);
    Console.WriteLine(Watcher.Heading);
    foreach (var port in options.Ports) watchers.Add(await Watcher.StartAsync(port, stop.Token));
    await Ticker.RunAsync(redis, stop.Token);
}
catch (Exception) when (stop.Token.IsCancellationRequested)
{
    // The normal end: an operation that was starting when the signal arrived can fail in any way.
}
catch (Exception failure) when (failure is IOException or SocketException)
{
    Console.Error.WriteLine($"{failure.Message} Choose other ports with --ports.");
    return 1;
}
finally
{
    stop.Stop();
    watchers.ForEach(watcher => watcher.Dispose());
    await Task.WhenAll([browserClient, .. nodes.Select(node => node.DisposeAsync().AsTask())]);
}

return 0;
