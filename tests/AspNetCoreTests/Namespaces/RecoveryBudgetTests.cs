using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>The bound of all data kept for clients that can be recovered.</summary>
public class RecoveryBudgetTests
{
    private const int Stores = 5_000;

    [Fact]
    public async Task Rooms_whose_events_are_not_kept_are_charged_bounded_and_expire()
    {
        const int MaxBytes = 10_000;
        var time = new FakeTimeProvider();
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = MaxBytes, time);
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        var budget = server.Server.Namespaces.RecoveryBudget;
        string[] rooms = [.. Enumerable.Range(0, 40).Select(i => $"room-{i}")];
        await server.Server.Of("/").Sockets.Single().JoinAsync(rooms, TestServer.Patience);
        for (var i = 0; i < rooms.Length; i++)
        {
            server.Server.Of<ITestEvents>().To(rooms[i]).Padded(i, 11_000);
            if (i < 10) Assert.Equal((i + 1) * new RoomLog(rooms[i]).OwnCost, budget.Bytes);
            Assert.InRange(budget.Bytes, 1, MaxBytes);
        }

        // No event was kept, and no client is disconnected.
        time.Advance(TimeSpan.FromMinutes(5));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, budget.Bytes);
    }

    [Fact]
    public async Task A_client_cannot_recover_after_the_record_of_a_lost_event_was_dropped()
    {
        await using var server = await RecoveryTests.StartAsync(o => o.MaxBytes = 10_000);
        var (client, connect) = await SioClient.ConnectAsync(server);
        string[] rooms = [.. Enumerable.Range(0, 8).Select(i => $"room-{i}")];
        await server.Server.Of("/").Sockets.Single().JoinAsync(rooms, TestServer.Patience);
        await client.LoseAsync();
        await server.EmptyAsync();
        server.Server.Of<ITestEvents>().To(rooms[0]).Padded(0, 11_000);
        using var other = (await SioClient.ConnectAsync(server)).Client;
        string[] others = [.. Enumerable.Range(0, 40).Select(i => $"other-{i}")];
        await server.Server.Of("/").Sockets.Single().JoinAsync(others, TestServer.Patience);
        foreach (var room in others) server.Server.Of<ITestEvents>().To(room).Padded(0, 11_000);
        var (again, now) = await SioClient.ConnectAsync(server, auth: $"{{\"pid\":\"{connect.GetProperty("pid").GetString()}\"}}");
        using var closing = again;
        Assert.NotEqual(connect.GetProperty("sid").GetString(), now.GetProperty("sid").GetString());
    }

    [Fact]
    public void The_cost_of_an_event_above_the_bound_does_not_grow_with_the_namespaces()
    {
        ImmutableArray<string> room = ["room"];
        var frame = Frame.Create(new byte[100], default);
        var budget = new RecoveryBudget(Stores * (new RoomLog(room[0]).OwnCost + (2 * LoggedEvent.CostOf(frame))));
        RecoveryStore[] stores = [.. Enumerable.Range(0, Stores).Select(_ => new RecoveryStore())];
        for (var i = 0; i < 2 * Stores; i++) Keep(stores[i % Stores]);
        Assert.Equal(0, budget.Trim()?.Count ?? 0);
        for (var i = 0; i < 1_000; i++) Keep(stores[0]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Keep(stores[0]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000 * 100);

        void Keep(RecoveryStore store)
        {
            lock (store.Gate)
            {
                budget.Take(store.Log.Add(frame, room, [], time: 1, share: null));
                budget.Changed(store);
            }

            budget.Trim();
        }
    }

    [Fact]
    public void The_largest_store_is_trimmed_first_and_every_charge_is_returned()
    {
        ImmutableArray<string> room = ["room"];
        var frame = Frame.Create(new byte[100], default);
        var budget = new RecoveryBudget(100_000);
        var small = new RecoveryStore();
        var large = new RecoveryStore();
        Keep(small);
        for (var i = 0; i < 2_000; i++) Keep(large);
        Assert.InRange(budget.Bytes, 90_000, 100_000);
        Assert.True(small.Log.Reaches(0, new Dictionary<string, long> { ["room"] = 0 }));
        Assert.False(large.Log.Reaches(0, new Dictionary<string, long> { ["room"] = 0 }));
        budget.Give(small.Log.Clear());
        budget.Give(large.Log.Clear());
        Assert.Equal(0, budget.Bytes);
        Assert.True(large.Log.IsEmpty);

        void Keep(RecoveryStore store)
        {
            lock (store.Gate)
            {
                budget.Take(store.Log.Add(frame, room, [], time: 1, share: null));
                budget.Changed(store);
            }

            budget.Trim();
        }
    }
}
