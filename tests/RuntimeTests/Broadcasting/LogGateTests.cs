using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

public class LogGateTests
{
    private const int MaxKeys = 1024;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_key_passes_once_per_minute()
    {
        var gate = new LogGate(_time);
        Assert.True(gate.TryEnter("one"));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(gate.TryEnter("one"));
        Assert.True(gate.TryEnter("two"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(gate.TryEnter("one"));
        Assert.False(gate.TryEnter("one"));
    }

    [Fact]
    public void New_keys_are_blocked_while_too_many_keys_are_recent()
    {
        var gate = new LogGate(_time);
        for (var i = 0; i < MaxKeys; i++) Assert.True(gate.TryEnter($"{i}"));
        Assert.False(gate.TryEnter("another"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(gate.TryEnter("another"));
        Assert.True(gate.TryEnter("0"));
        Assert.False(gate.TryEnter("another"));
    }
}
