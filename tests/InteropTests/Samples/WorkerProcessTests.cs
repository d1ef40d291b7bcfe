namespace TypedSocketRedis.Tests;

/// <summary>The Worker sample as a process.</summary>
public sealed class WorkerProcessTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Clients_of_two_servers_receive_acknowledge_and_are_counted()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);
        await there.RespondAsync("received", "[3]");
        await here.RespondAsync("received", "[4]");

        await using var worker = ChildProcess.Start(Tools.Dotnet, Tools.Worker, "--redis", redis.Address);

        Assert.StartsWith("""measured[{"number":""", await there.NextAsync("measured"), StringComparison.Ordinal);
        Assert.StartsWith("""measured[{"number":""", await here.NextAsync("measured"), StringComparison.Ordinal);
        await worker.LineAsync("2 clients on 2 of 2 servers, 7 measurements received");
        worker.Signal("TERM");
        Assert.Equal(0, await worker.ExitAsync());
        Assert.Empty(worker.Errors);
    }

    [Fact]
    public async Task The_worker_continues_when_Redis_starts_after_it()
    {
        await using var late = new RedisServer();
        await using var worker = ChildProcess.Start(Tools.Dotnet, Tools.Worker, "--redis", late.Address);
        await worker.LineAsync("was not sent");

        await late.InitializeAsync();

        await worker.LineAsync("0 clients on 0 of 0 servers");
        Assert.Empty(worker.Errors);
    }
}
