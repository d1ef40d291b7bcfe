using System.Text;
using CsCheck;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Malformed requests and responses, which never keep a node from handling the next message.</summary>
public sealed class PeerFuzzTests : IAsyncDisposable
{
    private const string Requests = "socket.io-request#/#";
    private const string Responses = "socket.io-response#/#";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly IReadOnlyList<Vector> All = [.. Vector.Read("03-classic-requests"), .. Vector.Read("12-socket.io-redis-5.4.0")];

    private readonly SingleNode _node = new(new RedisAdapterOptions { RequestsTimeout = TimeSpan.FromHours(1) }, "/", ("one", ["room1"]));
    private readonly List<string> _ids = [];
    private readonly Task[] _waiting;
    private readonly CancellationTokenSource _stop = new();

    public PeerFuzzTests()
    {
        _node.Bus.Nodes = 10_000;
        _node.Adapter.ServerEvents.On("hello", _ => Task.CompletedTask);
        var acks = Emitters.Over<IQuizEvents>(_node.Adapter).All.WithTimeout(TimeSpan.FromHours(1)).Vote();
        var servers = new Servers<IQuizServerEvents>(_node.Adapter.Servers).WithTimeout(TimeSpan.FromHours(1)).Vote();
        _waiting = [_node.Everyone.All.FetchSocketsAsync(_stop.Token), _node.Adapter.AllRoomsAsync(_stop.Token)];
        _waiting = [.. _waiting, acks.ToResultAsync(), servers.ToResultAsync()];
        foreach (var (_, message) in _node.Bus.Published) _ids.Add(PeerMessageFields.RequestIdOf(message, isInData: false)!);
        Assert.Equal(4, _ids.Count);
        _node.Bus.Forget();
    }

    [Fact]
    public async Task Every_truncated_recorded_message_is_dropped_and_the_next_request_gets_a_response()
    {
        foreach (var row in All.Where(row => row.Channel.StartsWith("socket.io-re", StringComparison.Ordinal)))
        {
            var whole = row.Payload;
            for (var length = 0; length < whole.Length; length++) AssertRefused(row, whole.AsMemory(0, length));
            AssertRefused(row, (byte[])[.. whole, 0xC0]);
            foreach (var message in Variants(row))
            {
                for (var length = 0; length < message.Length; length++) Receive(row, message.AsMemory(0, length));
            }

            await RespondsAsync(row.Name);
        }
    }

    [Fact]
    public async Task Mutated_messages_never_stop_the_adapter()
    {
        var samples = All.Where(row => row.Channel.StartsWith("socket.io-re", StringComparison.Ordinal))
            .SelectMany(row => Variants(row).Select(message => (row, message))).ToArray();
        Gen.Select(Gen.Int[0, samples.Length - 1], Gen.Select(Gen.Int[0, 2000], Gen.Byte).Array[1, 4]).Sample(
            (sample, changes) =>
            {
                var mutated = samples[sample].message.ToArray();
                foreach (var (at, value) in changes) mutated[at % mutated.Length] = value;
                Receive(samples[sample].row, mutated);
                _node.Receive(Requests, mutated);
                _node.Receive(Responses, mutated);
                _node["one"].Forget();
            },
            iter: 20_000,
            threads: 1);
        await RespondsAsync("mutations");
    }

    [Fact]
    public async Task Random_bytes_never_stop_the_adapter()
    {
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Bool).Sample(
            (bytes, isJson) =>
            {
                _node.Receive(Requests, isJson ? [(byte)'{', .. bytes] : bytes);
                _node.Receive(Responses, isJson ? [(byte)'{', .. bytes] : bytes);
            },
            iter: 20_000,
            threads: 1);
        await RespondsAsync("random bytes");
    }

    [Fact]
    public async Task Declared_sizes_and_depths_that_are_too_large_are_rejected()
    {
        var id = _ids[3];
        byte[] manyRooms = [0x82, 0xA9, .. "requestId"u8, 0xA6, .. Encoding.UTF8.GetBytes(id), 0xA5, .. "rooms"u8, 0xDD, 0x7F, 0xFF, 0xFF,
            0xFF];
        byte[] manyMembers = [0xDF, 0xFF, 0xFF, 0xFF, 0xFF, 0xA1, 0x78];
        var deepJson = Encoding.UTF8.GetBytes($$"""{"uid":"u","type":6,"data":["e",{{new string('[', 5000)}}{{new string(']', 5000)}}]}""");
        byte[] deepPacked = [0x82, 0xA4, .. "type"u8, 6, 0xA4, .. "data"u8, .. Enumerable.Repeat((byte)0x91, 5000), 0xC0];
        var longId = Encoding.UTF8.GetBytes($$"""{"uid":"u","requestId":"{{new string('x', 10_000)}}","type":1}""");
        var longUid = Encoding.UTF8.GetBytes($$"""{"uid":"{{new string('x', 10_000)}}","requestId":"1","type":1}""");
        foreach (var message in new[] { manyMembers, deepJson, deepPacked, longId, longUid }) _node.Receive(Requests, message);
        foreach (var message in new[] { manyRooms, manyMembers }) _node.Receive(Responses, message);

        await RespondsAsync("sizes");

        // On a busy machine more probe requests are sent than can be pending.
        var reasons = _node.Reasons.Where(reason => reason != "busy").Order(StringComparer.Ordinal);
        Assert.Equal(["depth", "depth", "shape", "shape", "truncated", "truncated", "truncated"], reasons);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var task in _waiting[..2]) await Record.ExceptionAsync(() => task);
        await _node.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Returns the recorded message and, for a response, a copy with the id of each pending request.</summary>
    private IEnumerable<byte[]> Variants(Vector row)
    {
        yield return row.Payload;
        if (!row.Decoded.TryGetProperty("requestId", out var known) || row.Channel.StartsWith(Requests, StringComparison.Ordinal))
            yield break;
        foreach (var id in _ids)
        {
            var message = Encoding.Latin1.GetString(row.Payload).Replace(known.GetString()!, id, StringComparison.Ordinal);
            yield return Encoding.Latin1.GetBytes(message);
        }
    }

    private void Receive(Vector row, ReadOnlyMemory<byte> message) =>
        _node.Receive(row.Channel.Replace("#/custom#", "#/#", StringComparison.Ordinal), message);

    private static void AssertRefused(Vector row, ReadOnlyMemory<byte> message)
    {
        if (row.Channel.StartsWith("socket.io-request#", StringComparison.Ordinal))
            Assert.NotEqual(DropReason.None, new ClassicFormat(NodeId.Emitter, "/", 100_000).ReadRequest(message, out _));
        else Assert.Throws<ProtocolException>(() => new ClassicFormat(NodeId.Emitter, "/", 100_000).ReadResponse(message, out _));
    }

    /// <summary>Waits until the node responds to a request for its rooms and asserts that no handler failed.</summary>
    private async Task RespondsAsync(string after)
    {
        // The backlog may be full, which drops the request; then it is sent again.
        _node.Bus.Forget();
        var response = _node.Bus.SeesAsync(one => PeerMessageFields.RequestIdOf(one.Message, isInData: false) == "still", Patience);
        while (!response.IsCompleted)
        {
            _node.Receive(Requests, """{"uid":"t","requestId":"still","type":1}"""u8.ToArray());
            await Task.Yield();
        }

        Assert.Equal(Responses, (await response).Channel);
        Assert.DoesNotContain("handler", _node.Reasons);
        Assert.NotEmpty(after);
    }
}
