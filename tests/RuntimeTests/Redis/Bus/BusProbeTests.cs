using System.Text;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The messages with which a node checks the channels that other nodes subscribe to as well.</summary>
public class BusProbeTests
{
    [Fact]
    public async Task Shared_probes_have_fixed_bytes_and_no_effect()
    {
        var broadcasts = BusProbe.OfBroadcasts(RedisChannel.Literal("socket.io#/#"));
        var requests = BusProbe.OfRequests(RedisChannel.Literal("socket.io-request#/#"));
        await using var node = new SingleNode("/", ("one", []));

        node.Receive(broadcasts.Target.ToString(), broadcasts.Message);
        node.Receive(requests.Target.ToString(), requests.Message);

        Assert.Equal(("92C0C0", """{"type":"probe"}"""),
            (Convert.ToHexString(broadcasts.Message), Encoding.UTF8.GetString(requests.Message)));
        Assert.True(BusProbe.IsShared(broadcasts.Message) && BusProbe.IsShared(requests.Message));
        Assert.False(BusProbe.IsShared(BusProbe.Private));
        Assert.Equal(["shape", "type"], node.Reasons);
        Assert.Empty(node["one"].Received);
        Assert.Empty(node.Bus.Published);
    }
}
