using TypedSocketRedis.LoadTest.Adapters;
using TypedSocketRedis.LoadTest.Load;
using TypedSocketRedis.LoadTest.Outage;
using TypedSocketRedis.LoadTest.Routing;
using TypedSocketRedis.LoadTest.Servers;
using TypedSocketRedis.LoadTest.Sizing;

// The same program is the load and the server under test, which runs in a separate process so that its CPU time can be read.
if (args is ["--serve", var kind, var port])
{
    await ServerUnderTest.RunAsync(kind, int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["routing", .. var routing])
{
    await RoutingReport.RunAsync(routing);
    return 0;
}

if (args is ["adapters", .. var adapters])
{
    await AdaptersReport.RunAsync(adapters);
    return 0;
}

if (args is ["sizing"])
{
    await SizingReport.RunAsync();
    return 0;
}

if (args is ["outage"])
{
    await OutageReport.RunAsync();
    return 0;
}

if (!LoadOptions.TryParse(args, out var options, out var problem))
{
    await Console.Error.WriteLineAsync($"{problem}\n{LoadOptions.Usage}");
    return 2;
}

await (options.Idle ? IdleReport.RunAsync(options) : FanOutReport.RunAsync(options));
return 0;
