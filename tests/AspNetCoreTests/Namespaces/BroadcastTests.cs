using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class BroadcastTests
{
    private const int Events = 10_000;

    [Fact]
    public async Task Direct_and_broadcast_events_arrive_in_the_order_they_were_sent()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxQueuedBytes = 64 * 1024 * 1024);
        using var first = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        using var second = await WsClient.ConnectAsync(server);
        var all = server.Server.Of<ITestEvents>();
        var one = socket.Client<ITestEvents>();
        for (var i = 0; i < Events; i++)
        {
            if (i % 3 == 0) one.Tick(i);
            else if (i % 3 == 1) all.All.Tick(i);
            else all.To(socket.Id.ToString()).Tick(i);
        }

        for (var i = 0; i < Events; i++) Assert.Equal($"42[\"tick\",{i}]", await first.TextAsync());
        for (var i = 1; i < Events; i += 3) Assert.Equal($"42[\"tick\",{i}]", await second.TextAsync());
    }

    [Fact]
    public async Task Rooms_select_the_receivers_and_Others_excludes_the_sender()
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").On("join",
                async (socket, arguments) => { await socket.JoinAsync(arguments[0].GetString()); socket.Client<ITestEvents>().Tick(0); });
            io.Of("/").On("leave",
                async (socket, arguments) => { await socket.LeaveAsync(arguments[0].GetString()); socket.Client<ITestEvents>().Tick(0); });
            io.Of("/").On("others",
                (socket, _) => { socket.Others<ITestEvents>().Tick(4); socket.Client<ITestEvents>().Tick(5); return Task.CompletedTask; });
        });
        using var a = await WsClient.ConnectAsync(server);
        using var b = await WsClient.ConnectAsync(server);
        await a.SendAsync("42[\"join\",\"utc\"]");
        await a.TextAsync();
        server.Server.Of<ITestEvents>().To("utc").Tick(1);
        server.Server.Of<ITestEvents>().All.Except("utc").Tick(2);
        Assert.Equal("42[\"tick\",1]", await a.TextAsync());
        Assert.Equal("42[\"tick\",2]", await b.TextAsync());
        await a.SendAsync("42[\"leave\",\"utc\"]");
        await a.TextAsync();
        server.Server.Of<ITestEvents>().To("utc").Tick(3);
        await a.SendAsync("42[\"others\"]");
        Assert.Equal("42[\"tick\",4]", await b.TextAsync());
        Assert.Equal("42[\"tick\",5]", await a.TextAsync());
        var rooms = server.Server.Of("/").Sockets.Select(socket => Assert.Single(socket.Rooms));
        Assert.Equal(server.Server.Of("/").Sockets.Select(socket => socket.Id.ToString()), rooms);
    }

    [Fact]
    public async Task A_client_receives_its_CONNECT_before_any_broadcast_and_misses_none_afterwards()
    {
        await using var server = await TestServer.StartAsync();
        using var stop = new CancellationTokenSource();
        var number = 0;
        var sending = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) server.Server.Of<ITestEvents>().All.Tick(number++);
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
        {
            using var client = await WsClient.OpenAsync(server);
            await client.SendAsync("40");
            Assert.StartsWith("40{", await client.TextAsync(), StringComparison.Ordinal);
            var first = await client.TextAsync();
            Assert.StartsWith("42[\"tick\",", first, StringComparison.Ordinal);
            var seen = int.Parse(first.AsSpan("42[\"tick\",".Length).TrimEnd(']'), System.Globalization.CultureInfo.InvariantCulture);
            for (var next = 1; next < 50; next++) Assert.Equal($"42[\"tick\",{seen + next}]", await client.TextAsync());
        }

        await stop.CancelAsync();
        await sending;
    }
}
