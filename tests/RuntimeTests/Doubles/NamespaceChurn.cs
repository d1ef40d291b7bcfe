using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Namespaces that end and begin again on one node while another node has them all the time and sends to them.</summary>
/// <param name="passing">The node on which they end.</param>
/// <param name="staying">The other node.</param>
/// <param name="seed">Decides what happens when.</param>
internal sealed class NamespaceChurn(ISocketAdapterFactory passing, ISocketAdapterFactory staying, int seed)
{
    private int _received;
    private int _missed;
    private int _silent;
    private int _incomplete;

    /// <summary>The number of events that were received.</summary>
    public int Received => _received;

    /// <summary>The number of begins after which the first event, to everyone or to a room, was missed.</summary>
    public int Missed => _missed;

    /// <summary>The number of begins after which nothing was received at all.</summary>
    public int Silent => _silent;

    /// <summary>The number of requests that missed the response of the other node, or counted too few nodes.</summary>
    public int Incomplete => _incomplete;

    /// <summary>The time after which an event counts as missed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Ends each of some namespaces and begins it again.</summary>
    public Task RunAsync(int namespaces, int rounds, CancellationToken cancellationToken) =>
        Task.WhenAll(from number in Enumerable.Range(0, namespaces)
                     select Task.Run(() => RunOneAsync(number, rounds, cancellationToken), cancellationToken));

    private async Task RunOneAsync(int number, int rounds, CancellationToken cancellationToken)
    {
        var random = new Random(seed + number);
        var path = $"/passing-{number}";
        await using var other = staying.Create(path, JsonPackets.Default);
        await other.JoinAsync(new RecordingSocket(), ["x"], cancellationToken);
        Queue<Task> endings = [];
        for (var round = 0; round < rounds; round++)
        {
            var adapter = passing.Create(path, JsonPackets.Default);
            await BeginAsync(path, adapter, other, random, $"{round}", cancellationToken);
            endings.Enqueue(adapter.DisposeAsync().AsTask());
            if (endings.Count > 4) await endings.Dequeue();
            for (var pause = random.Next(4); pause > 0; pause--) await Task.Yield();

            // One that ends at once, as when its only client is refused.
            if (random.Next(4) == 0) endings.Enqueue(passing.Create(path, JsonPackets.Default).DisposeAsync().AsTask());
        }

        await Task.WhenAll(endings);
    }

    private async Task BeginAsync(
        string path, ISocketAdapter adapter, ISocketAdapter other, Random random, string round, CancellationToken cancellationToken)
    {
        var socket = new RecordingSocket();
        await adapter.JoinAsync(socket, ["a"], cancellationToken);
        var everyone = new Broadcast<ITestEvents>(other, BroadcastOptions.Everyone);
        everyone.Emit("all", round);
        everyone.To("a").Emit("room", round);
        var all = await SeesAsync(socket, $"2{path},[\"all\",\"{round}\"]");
        var room = await SeesAsync(socket, $"2{path},[\"room\",\"{round}\"]");
        if (!all || !room) await MissAsync(path, socket, everyone);
        if (random.Next(4) != 0) return;
        var fetched = await other.FetchSocketsAsync(BroadcastOptions.Everyone, cancellationToken);
        if (fetched is not { ExpectedNodes: 2, AnsweredNodes: 2, Count: 2 }) Interlocked.Increment(ref _incomplete);
    }

    private async Task MissAsync(string path, RecordingSocket socket, Broadcast<ITestEvents> everyone)
    {
        Interlocked.Increment(ref _missed);
        everyone.Emit("again");
        everyone.To("a").Emit("again");
        if (!await SeesAsync(socket, $"2{path},[\"again\"]")) Interlocked.Increment(ref _silent);
    }

    private async Task<bool> SeesAsync(RecordingSocket socket, string packet)
    {
        try
        {
            await socket.SeesAsync(packet, Patience);
            Interlocked.Increment(ref _received);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
