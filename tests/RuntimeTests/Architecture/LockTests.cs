using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The calls to seams and delegates while a lock is held, compared with the list in ARCHITECTURE.md.</summary>
public class LockTests
{
    private static readonly HashSet<string> Seams = new(StringComparer.Ordinal)
    {
        "IBroadcastSink", "IClientSink", "IRedisBus", "IBusSubscription", "IClusterWire", "IEmitterWire", "IPacketFormat", "IPacketReader",
        "IEngineTransport", "ISocketAdapter", "ISocketAdapterFactory", "ILocalSocket", "ISessionReceiver",
    };

    [Fact]
    public void Calls_inside_a_lock_are_listed() => Assert.Fail(string.Join('\n', new LockCalls(Compilations.All, Seams).Find()));
}
