using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Delegates;
using TypedSocketRedis.Tests.Harness;
using TypedSocketRedis.Tests.Telemetry;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>Entries above Debug, of which no request, packet or message of another node causes one per occurrence.</summary>
public class LogEntryTests
{
    private const int Times = 20;

    // Entries at the start or end of the application, or for a state change of a connection or subscription.
    private static readonly int[] OfStates = [1200, 1201, 1202, 1203, 1204, 1205, 1206, 1211, 1212, 1214, 1230, 1232, 2011, 2106, 2111,
        2114, 2117];

    // Gated entries that tests of these classes cause, or that report an internal error or a lost server and have no test.
    private static readonly Dictionary<int, string> Elsewhere = new()
    {
        [1100] = "An internal error of a socket.",
        [1103] = "FaultLogTests",
        [1208] = "DroppedMessagesTests",
        [1209] = "DroppedMessagesTests",
        [1213] = "RedisAclServerTests",
        [1215] = "DroppedMessagesTests",
        [1216] = "A move between masters of a Redis Cluster.",
        [1231] = "BusBacklogServerTests",
        [1240] = "DroppedMessagesTests",
        [1241] = "DroppedMessagesTests",
        [1242] = "DroppedMessagesTests",
        [1243] = "AdapterBusTests",
        [2002] = "An internal error of a transport.",
        [2018] = "SurplusArgumentTests",
        [2108] = "FaultLogTests",
    };

    private readonly LogEntries _log = new();
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<int> Gated => new(RepeatedEntry.All.Keys);

    [Fact]
    public void Every_entry_above_Debug_reports_a_state_change_or_is_gated()
    {
        var entries = OperationTables.LogEntries().Where(entry => entry.Message.Level > LogLevel.Debug)
            .Select(entry => entry.Message.EventId);
        Assert.Equal(entries, OfStates.Concat(Elsewhere.Keys).Concat(RepeatedEntry.All.Keys).Order());
    }

    [Theory]
    [MemberData(nameof(Gated))]
    public async Task A_repeated_occurrence_is_logged_a_few_times_per_minute(int id)
    {
        var entry = RepeatedEntry.All[id];
        await using var server = await TestServer.StartAsync(
            options =>
            {
                options.PingInterval = TimeSpan.FromHours(1);
                options.ConnectTimeout = TimeSpan.FromMinutes(30);
                entry.Options?.Invoke(options);
            },
            _time,
            entry.Server,
            use: entry.App,
            services: services =>
            {
                entry.Services?.Invoke(services);
                services.Add(new(typeof(ILoggerProvider), _log));
            });
        using var cause = new RepeatedCause(server, _time);
        await CauseAsync(entry, cause, id, entry.PerMinute);
        _time.Advance(TimeSpan.FromSeconds(50));
        await CauseAsync(entry, cause, id, entry.PerMinute);
        _time.Advance(TimeSpan.FromSeconds(61));
        await CauseAsync(entry, cause, id, 2 * entry.PerMinute);
    }

    [Theory]
    [InlineData(1101, FaultGate.MaxPerMinute)]
    [InlineData(1102, 1)]
    [InlineData(2003, FaultGate.MaxPerMinute)]
    [InlineData(2008, 1)]
    [InlineData(2020, 1)]
    [InlineData(2101, FaultGate.MaxPerMinute)]
    public async Task Namespaces_whose_names_clients_choose_are_one_place_in_the_log(int id, int perMinute)
    {
        var rooms = new Regex(@"^/room-[0-9]+\z");
        await using var server = await TestServer.StartAsync(
            time: _time,
            map: io =>
            {
                io.Of(rooms).On("ping", (_, _) => Task.CompletedTask);
                io.Of(new Regex(@"^/closed-[0-9]+\z")).Use(_ => throw new NotSupportedException());
            },
            services: services => services.Add(new(typeof(ILoggerProvider), _log)),
            socketIO: builder => builder.AddHandler<CountHandler>(rooms).AddHandler<CountServerHandler>(rooms));
        using var client = await SioClient.OpenAsync(server, polling: false);
        for (var i = 0; i < Times; i++)
        {
            await client.SendAsync($"40/closed-{i},");
            Assert.StartsWith("44", await client.NextAsync(), StringComparison.Ordinal);
            await client.JoinAsync($"/room-{i}");
            foreach (var failing in new[] { "[\"count\",1]", "[\"count\",\"x\"]", "[\"unknown\"]" })
                await client.SendAsync($"42/room-{i},{failing}");
            await client.SendAsync($"42/room-{i},7[\"ping\"]");
            Assert.Equal($"43/room-{i},7[]", await client.NextAsync());
            var events = server.Server.Namespaces.Of($"/room-{i}").Adapter.ServerEvents;
            await events.DispatchAsync("count", SocketArguments.Of(1), null);
            await events.DispatchAsync("count", SocketArguments.Of("x"), null);
        }

        Assert.Equal(perMinute, _log.Of(id).Count);
    }

    private async Task CauseAsync(RepeatedEntry entry, RepeatedCause cause, int id, int expected)
    {
        await entry.Cause(cause, Times);
        var patience = TestServer.Patience;
        while (_log.Of(id).Count < expected)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(expected, _log.Of(id).Count);
    }
}
