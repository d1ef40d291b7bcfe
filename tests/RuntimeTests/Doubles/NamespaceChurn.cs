using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Namespaces that are repeatedly disposed and created again on one node while another node sends to them.</summary>
/// <param name="changing">The node that disposes and creates the namespaces.</param>
/// <param name="permanent">The node that keeps the namespaces.</param>
/// <param name="seed">The seed of the random order of operations.</param>
internal sealed class NamespaceChurn(INamespaceAdapterFactory changing, INamespaceAdapterFactory permanent, int seed)
{
    private int _received;
    private int _missed;
    private int _silent;
    private int _incomplete;

    /// <summary>Gets the number of events received.</summary>
    public int Received => _received;

    /// <summary>Gets the number of created namespaces that missed the first event, to everyone or to a room.</summary>
    public int Missed => _missed;

    /// <summary>Gets the number of created namespaces that received no event.</summary>
    public int Silent => _silent;

    /// <summary>Gets the number of requests without the response of the other node or with too few counted nodes.</summary>
    public int Incomplete => _incomplete;

    /// <summary>Gets the time after which an event counts as missed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Repeatedly creates and disposes each of the given number of namespaces.</summary>
    public Task RunAsync(int namespaces, int rounds, CancellationToken cancellationToken) =>
        Task.WhenAll(from number in Enumerable.Range(0, namespaces)
                     select Task.Run(() => RunOneAsync(number, rounds, cancellationToken), cancellationToken));

    private async Task RunOneAsync(int number, int rounds, CancellationToken cancellationToken)
    {
        var random = new Random(seed + number);
        var path = $"/changing-{number}";
        await using var other = permanent.Create(path, JsonPacketFormat.Default);
        await other.JoinAsync(new RecordingSocket(), ["x"], cancellationToken);
        Queue<Task> disposals = [];
        for (var round = 0; round < rounds; round++)
        {
            var adapter = changing.Create(path, JsonPacketFormat.Default);
            await CreatedAsync(path, adapter, other, random, $"{round}", cancellationToken);
            disposals.Enqueue(adapter.DisposeAsync().AsTask());
            if (disposals.Count > 4) await disposals.Dequeue();
            for (var pause = random.Next(4); pause > 0; pause--) await Task.Yield();

            // One namespace is disposed immediately, as when its only client is refused.
            if (random.Next(4) == 0) disposals.Enqueue(changing.Create(path, JsonPacketFormat.Default).DisposeAsync().AsTask());
        }

        await Task.WhenAll(disposals);
    }

    private async Task CreatedAsync(
        string path, INamespaceAdapter adapter, INamespaceAdapter other, Random random, string round, CancellationToken cancellationToken)
    {
        var socket = new RecordingSocket();
        await adapter.JoinAsync(socket, ["a"], cancellationToken);
        var everyone = Emitters.Over<ITestEvents>(other);
        everyone.All.Emit("all", round);
        everyone.To("a").Emit("room", round);
        var all = await SeesAsync(socket, $"2{path},[\"all\",\"{round}\"]");
        var room = await SeesAsync(socket, $"2{path},[\"room\",\"{round}\"]");
        if (!all || !room) await MissAsync(path, socket, everyone);
        if (random.Next(4) != 0) return;
        var fetched = await other.FetchSocketsAsync(BroadcastOptions.Everyone, cancellationToken);
        if (fetched is not { ExpectedNodes: 2, RespondedNodes: 2, Count: 2 }) Interlocked.Increment(ref _incomplete);
    }

    private async Task MissAsync(string path, RecordingSocket socket, IEmitter<ITestEvents> everyone)
    {
        Interlocked.Increment(ref _missed);
        everyone.All.Emit("again");
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
