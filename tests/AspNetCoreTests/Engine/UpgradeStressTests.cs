using System.Collections.Concurrent;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class UpgradeStressTests
{
    private const int Tries = 1000;
    private const int Packets = 40;
    private const int AtOnce = 16;

    [Fact]
    public async Task A_thousand_upgrades_under_load_neither_lose_nor_reorder_packets()
    {
        var up = new ConcurrentDictionary<SocketId, int>();
        var broken = new ConcurrentBag<string>();
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").On("start", (socket, nothing) =>
            {
                _ = SendAsync(socket, up);
                return Task.CompletedTask;
            });
            io.Of("/").On("up", (socket, arguments) =>
            {
                var expected = up.GetValueOrDefault(socket.Id);
                if (arguments[0].GetInt64() != expected) broken.Add($"{arguments[0].GetInt64()} instead of {expected}");
                up[socket.Id] = expected + 1;
                return Task.CompletedTask;
            });
        });
        using var http = new HttpClient();
        var overWebSocket = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Tries), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (attempt, _) =>
        {
            var client = new UpgradingClient(server, http, Packets, probeAt: attempt % (Packets / 4));
            await client.RunAsync();
            Interlocked.Add(ref overWebSocket, client.OverWebSocket);
        });

        Assert.Empty(broken);
        Assert.Equal(Tries, up.Values.Count(count => count == Packets));

        // Otherwise the upgrade came too early or too late to test anything.
        Assert.InRange(overWebSocket, Tries, Tries * (Packets - 1));
    }

    // Sends in step with the client, so that packets flow in both directions before, during and after the upgrade.
    private static async Task SendAsync(ISocket socket, ConcurrentDictionary<SocketId, int> up)
    {
        for (var number = 0; number < Packets; number++)
        {
            while (up.GetValueOrDefault(socket.Id) < number && socket.IsConnected) await Task.Yield();
            socket.Client<AnyEvents>().Emit("down", number);
        }

        while (up.GetValueOrDefault(socket.Id) < Packets && socket.IsConnected) await Task.Yield();
        socket.Client<AnyEvents>().Emit("end");
    }
}
