using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class AckTableTests
{
    [Fact]
    public void Acknowledgements_for_other_nodes_do_not_use_the_limit_of_the_application()
    {
        var table = new AckTable();
        var abandoned = 0;
        var forwarded = Enumerable.Range(0, 1200).Select(_ => new ForwardedAcks(() => abandoned++)).ToArray();

        for (var i = 0; i < forwarded.Length; i++) Assert.True(table.TryAdd((ulong)i, forwarded[i]));

        Assert.Equal(200, abandoned);
        Assert.Null(table.Take(199));
        Assert.Same(forwarded[200], table.Take(200));
        for (var i = 0; i < 1000; i++) Assert.True(table.TryAdd((ulong)(10_000 + i), new OwnAcks()));
        Assert.False(table.TryAdd(20_000, new OwnAcks()));
        Assert.IsType<OwnAcks>(table.Take(10_000));
    }

    private sealed class ForwardedAcks(Action givenUp) : OwnAcks
    {
        public override bool IsForwarded => true;

        public override void GiveUpOne() => givenUp();
    }

    private class OwnAcks : AckCollector
    {
        protected override CancellationToken CancellationToken => default;

        public override void Receive(ReadOnlyMemory<byte> value)
        {
        }

        public override void ReceiveAll(ReadOnlyMemory<byte> arguments)
        {
        }
    }
}
