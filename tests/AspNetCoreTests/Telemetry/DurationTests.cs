using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The histograms of the server.</summary>
public class DurationTests
{
    private static readonly Regex Rooms = new(@"^/room-[0-9]+\z");

    private static readonly byte[] Event = [0x91, 0xA1, (byte)'x'];

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_time_of_handlers_is_recorded_by_namespace_kind_and_known_event()
    {
        await using var server = await StartAsync(io =>
        {
            io.Of("/").On("slow", (_, _) =>
            {
                _time.Advance(TimeSpan.FromSeconds(2));
                return Task.CompletedTask;
            });
            io.Of("/").OnAny((_, _, _) => Task.CompletedTask);
            io.Of("/").OnServerEvent("news", _ => Task.CompletedTask);
            io.Of(Rooms).On("slow", (_, _) => Task.CompletedTask);
        });
        using var durations = new Durations(server, "typedsocketredis.server.handlers.duration");
        using var client = (await SioClient.ConnectAsync(server)).Client;
        await client.JoinAsync("/room-1");

        await client.SendAsync("42[\"slow\"]");
        await durations.TakeAsync(1);
        await client.SendAsync("42[\"chosen by a client\"]");
        await durations.TakeAsync(2);
        await client.SendAsync("42/room-1,[\"slow\"]");
        await durations.TakeAsync(3);
        await server.Server.Of("/").ServerEvents.DispatchAsync("news", SocketArguments.Of(1), ack: null);

        var measured = await durations.TakeAsync(4);
        Assert.Equal(
            [
                "namespace=/ kind=event event=slow", "namespace=/ kind=event", $"namespace=pattern {Rooms} kind=event event=slow",
                "namespace=/ kind=server_event event=news",
            ],
            measured.Select(one => one.Tags));
        Assert.Equal([2, 0, 0, 0], measured.Select(one => one.Seconds));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_time_of_a_connection_is_recorded_with_the_reason_of_its_end(bool isPolling)
    {
        await using var server = await StartAsync();
        using var durations = new Durations(server, "typedsocketredis.server.connections.duration");
        using var client = (await SioClient.ConnectAsync(server, isPolling)).Client;

        _time.Advance(TimeSpan.FromSeconds(90));
        await client.CloseAsync();

        Assert.Equal((90, "reason=transport close"), Assert.Single(await durations.TakeAsync(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_time_from_an_event_to_its_client_is_recorded_once_for_each_write(bool isPolling)
    {
        await using var server = await StartAsync();
        using var client = (await SioClient.ConnectAsync(server, isPolling)).Client;
        using var durations = new Durations(server, "typedsocketredis.server.events.delivery.duration");
        var session = Assert.Single(server.Server.Of("/").Sockets).Core.Session;

        session.Cork();
        server.Server.Of<ITestEvents>().All.Tick(1);
        _time.Advance(TimeSpan.FromSeconds(3));
        server.Server.Of<ITestEvents>().All.Tick(2);
        session.Uncork();

        Assert.Equal("42[\"tick\",1]", await client.NextAsync());
        Assert.Equal("42[\"tick\",2]", await client.NextAsync());
        Assert.Equal((3, ""), Assert.Single(await durations.TakeAsync(1)));
    }

    [Fact]
    public async Task Events_have_no_time_while_nothing_listens()
    {
        await using var server = await StartAsync();
        var format = server.Server.Context.Packets;
        Assert.IsNotType<Protocol.TimedFrame>(format.Event("/", new(Event)));
        using var durations = new Durations(server, "typedsocketredis.server.events.delivery.duration");
        Assert.IsType<Protocol.TimedFrame>(format.Event("/", new(Event)));
    }

    private Task<TestServer> StartAsync(Action<SocketIOServer>? map = null) =>
        TestServer.StartAsync(options => options.PingInterval = TimeSpan.FromHours(1), _time, map);
}
