using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Malformed messages of the sharded adapter, which never keep a node from handling the next message.</summary>
public sealed partial class ShardedFuzzTests : IAsyncDisposable
{
    private const string Namespace = "socket.io#/#";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SingleNode _node = new(new ShardedRedisAdapterOptions { RequestsTimeout = TimeSpan.FromHours(1) }, "/",
        ("one", ["room1"]));
    private readonly string _own;
    private readonly List<string> _ids = [];
    private readonly Task[] _waiting;
    private readonly CancellationTokenSource _stop = new();

    public ShardedFuzzTests()
    {
        _own = $"socket.io#/#{Encoding.UTF8.GetString(_node.Uid)}#";
        _node.Bus.Nodes = 10_000;
        _node.Adapter.ServerEvents.On("hello", _ => Task.CompletedTask);
        var acks = Emitters.Over<IQuizEvents>(_node.Adapter).All.WithTimeout(TimeSpan.FromHours(1)).Vote();
        var servers = new Servers<IQuizServerEvents>(_node.Adapter.Servers).WithTimeout(TimeSpan.FromHours(1)).Vote();
        _waiting = [_node.Everyone.All.FetchSocketsAsync(_stop.Token), acks.ToResultAsync(), servers.ToResultAsync()];
        foreach (var (_, message) in _node.Bus.Published) _ids.Add(PeerMessageFields.RequestIdOf(message, isInData: true)!);
        Assert.Equal(3, _ids.Count);
        _node.Bus.Forget();
    }

    [Fact]
    public async Task Mutated_messages_never_stop_the_adapter()
    {
        byte[][] samples = [.. Vector.Read("05-sharded").Concat(Vector.Read("09-tolerance-sharded")).Where(row => row.Payload.Length > 0)
            .SelectMany(Variants)];
        Gen.Select(Gen.Int[0, samples.Length - 1], Gen.Select(Gen.Int[0, 2000], Gen.Byte).Array[1, 4]).Sample(
            (sample, changes) =>
            {
                var mutated = samples[sample].ToArray();
                foreach (var (at, value) in changes) mutated[at % mutated.Length] = value;
                Receive(mutated);
            },
            iter: 20_000,
            threads: 1);
        await RespondsAsync();
    }

    [Fact]
    public async Task Random_bytes_never_stop_the_adapter()
    {
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Bool)
            .Sample((bytes, isJson) => Receive(isJson ? [(byte)'{', .. bytes] : bytes), iter: 20_000, threads: 1);
        await RespondsAsync();
    }

    [Fact]
    public async Task Declared_sizes_and_depths_that_are_too_large_are_rejected()
    {
        byte[] manyMembers = [0xDF, 0xFF, 0xFF, 0xFF, 0xFF, 0xA1, 0x78];
        byte[] manyRooms = [0x82, 0xA4, .. "type"u8, 0x08, 0xA4, .. "data"u8, 0x82, 0xA9, .. "requestId"u8, 0xB0,
            .. Encoding.UTF8.GetBytes(_ids[0]), 0xA7, .. "sockets"u8, 0xDD, 0x7F, 0xFF, 0xFF, 0xFF];
        byte[] deepPacked = [0x82, 0xA4, .. "type"u8, 3, 0xA4, .. "data"u8, .. Enumerable.Repeat((byte)0x91, 5000), 0xC0];
        var deepJson = Encoding.UTF8.GetBytes(
            $$"""{"type":9,"data":{"packet":["e",{{new string('[', 5000)}}{{new string(']', 5000)}}]},"uid":"u","nsp":"/"}""");
        var longUid = Encoding.UTF8.GetBytes($$"""{"type":9,"data":{"packet":["hello"]},"uid":"{{new string('x', 10_000)}}","nsp":"/"}""");
        var longId = Encoding.UTF8.GetBytes(
            $$"""{"type":9,"data":{"requestId":"{{new string('x', 10_000)}}","packet":["hello"]},"uid":"u","nsp":"/"}""");

        foreach (var message in new[] { manyMembers, manyRooms, deepPacked, deepJson, longUid, longId }) Receive(message);

        await RespondsAsync();
        Assert.True(_node.Reasons.Count >= 12, $"{_node.Reasons.Count}");
        Assert.Empty(_node["one"].Received);
    }

    [Fact]
    public async Task A_request_without_an_id_gets_a_response_without_one()
    {
        var request = """{"type":7,"data":{"opts":{"rooms":["nobody"],"except":[],"flags":{}}},"uid":"asker","nsp":"/"}"""u8;
        _node.Receive(Namespace, request.ToArray());

        var (_, message) = await _node.Bus.SeesAsync(one => one.Channel == "socket.io#/#asker#", Patience);
        Assert.StartsWith("""{"type":8,"data":{"sockets":[]},""", Encoding.UTF8.GetString(message), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Record.ExceptionAsync(() => _waiting[0]);
        await _node.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Returns the recorded message and, if it has a request id, a copy with the id of each pending request.</summary>
    private IEnumerable<byte[]> Variants(Vector row)
    {
        yield return row.Payload;
        var text = Encoding.Latin1.GetString(row.Payload);
        var known = RequestId().Match(text);
        if (!known.Success) yield break;
        foreach (var id in _ids) yield return Encoding.Latin1.GetBytes(text.Replace(known.Groups[1].Value, id, StringComparison.Ordinal));
    }

    private void Receive(byte[] message)
    {
        _node.Receive(Namespace, message);
        _node.Receive("socket.io#/#room1#", message);
        _node.Receive(_own, message);
        _node["one"].Forget();
    }

    /// <summary>Waits until the node responds to a request for its sockets and asserts that no handler failed.</summary>
    private async Task RespondsAsync()
    {
        // The backlog may be full, which drops the request; then it is sent again.
        _node.Bus.Forget();
        var response = _node.Bus.SeesAsync(one => one.Channel.EndsWith("#still#", StringComparison.Ordinal), Patience);
        const string Request =
            """{"type":7,"data":{"opts":{"rooms":["nobody"],"except":[],"flags":{}},"requestId":"still"},"uid":"still","nsp":"/"}""";
        while (!response.IsCompleted)
        {
            _node.Receive(Namespace, Encoding.UTF8.GetBytes(Request));
            await Task.Yield();
        }

        var text = Encoding.UTF8.GetString((await response).Message);
        Assert.Contains("\"type\":8,\"data\":{\"requestId\":\"still\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("handler", _node.Reasons);
    }

    [GeneratedRegex("requestId(?:\":\"|\u00b0)([0-9a-f]{16})")]
    private static partial Regex RequestId();
}
