using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The maximum depth of server events, which is the depth that handlers can read, without the enclosing message.</summary>
public class ServerEventDepthTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_event_above_the_maximum_depth_is_dropped_before_its_handler_runs(bool isSharded)
    {
        Assert.Equal(DropReason.None, Read(isSharded, Limits.Default.Depth, out var request));
        var argument = SocketArguments.OfEvent(request.Data)[0];
        Assert.Equal(Nested(Limits.Default.Depth), argument.ToJson());

        Assert.Equal(DropReason.Depth, Read(isSharded, Limits.Default.Depth + 1, out request));
        Assert.True(request.Data.IsEmpty);
    }

    private static DropReason Read(bool isSharded, int depth, out PeerMessage request)
    {
        var data = $"""["deep",{Nested(depth)}]""";
        return isSharded
            ? new ShardedFormat(NodeId.Emitter, "/", 10_000)
                .Read(Encoding.UTF8.GetBytes($$$"""{"uid":"a","nsp":"/","type":9,"data":{"packet":{{{data}}}}}"""), out request, out _)
            : new ClassicFormat(NodeId.Emitter, "/", 10_000)
                .ReadRequest(Encoding.UTF8.GetBytes($$"""{"uid":"a","type":6,"data":{{data}}}"""), out request);
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
