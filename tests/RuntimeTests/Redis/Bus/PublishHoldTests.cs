using System.Text;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Published messages that are held while the server changes.</summary>
public sealed class PublishHoldTests
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("channel");

    private readonly RecordingBus _bus = new();
    private readonly PublishHold _hold;

    public PublishHoldTests() =>
        _hold = new PublishHold(_bus.Publish, (channel, message) => _bus.PublishAsync(channel, message, CancellationToken.None));

    [Fact]
    public async Task Held_messages_are_published_in_order_and_complete_afterward()
    {
        Assert.False(_hold.TryHold(Channel, "0"u8.ToArray(), out bool _));
        _hold.Begin();
        Assert.True(_hold.TryHold(Channel, "1"u8.ToArray(), out bool isAccepted) && isAccepted);
        Assert.True(_hold.TryHold(Channel, "2"u8.ToArray(), out Task<long> published));
        Assert.True(_hold.TryHold(Channel, "3"u8.ToArray(), out isAccepted) && isAccepted);
        Assert.Empty(_bus.Published);
        Assert.False(published.IsCompleted);

        _hold.Release();

        Assert.Equal(["1", "2", "3"], _bus.Published.Select(one => Encoding.UTF8.GetString(one.Message)));
        Assert.Equal(_bus.Receivers, await published);
        Assert.False(_hold.TryHold(Channel, "4"u8.ToArray(), out isAccepted));
    }

    [Fact]
    public async Task The_failure_of_an_awaited_held_message_is_passed_to_its_caller()
    {
        _hold.Begin();
        Assert.True(_hold.TryHold(Channel, "1"u8.ToArray(), out Task<long> published));
        _bus.IsDisconnected = true;
        _hold.Release();

        await Assert.ThrowsAsync<RedisConnectionException>(() => published);
    }

    [Fact]
    public async Task The_bytes_of_held_messages_are_limited()
    {
        var message = new byte[1024 * 1024];
        _hold.Begin();
        var accepted = 0;
        for (var i = 0; i < 100; i++)
        {
            Assert.True(_hold.TryHold(Channel, message, out bool isAccepted));
            accepted += isAccepted ? 1 : 0;
        }

        Assert.Equal((PublishHold.MaxBytes / message.Length) - 1, accepted);
        Assert.True(_hold.TryHold(Channel, message, out Task<long> published));
        await Assert.ThrowsAsync<RedisConnectionException>(() => published);
        _hold.Release();
        Assert.Equal(accepted, _bus.Published.Count);
    }

    [Fact]
    public void Channel_names_count_toward_the_maximum_size()
    {
        var channel = RedisChannel.Literal(new string('c', 1024 * 1024));
        _hold.Begin();

        Assert.Equal((PublishHold.MaxBytes / (1024 * 1024)) - 1,
            Enumerable.Range(0, 100).Count(_ => _hold.TryHold(channel, [], out bool isAccepted) && isAccepted));
    }

    [Fact]
    public void A_release_during_a_release_keeps_the_order()
    {
        var published = new List<string>();
        PublishHold? hold = null;
        hold = new PublishHold(Publish, (_, _) => Task.FromResult(0L));
        hold.Begin();
        foreach (var message in new[] { "1", "2", "3" }) hold.TryHold(Channel, Encoding.UTF8.GetBytes(message), out bool _);

        hold.Release();

        Assert.Equal(["1", "2", "3", "4"], published);

        bool Publish(RedisChannel channel, byte[] message)
        {
            published.Add(Encoding.UTF8.GetString(message));
            if (published.Count > 1) return true;
            hold!.TryHold(channel, "4"u8.ToArray(), out bool _);
            hold.Release();
            return true;
        }
    }

    [Fact]
    public async Task A_message_that_fails_does_not_stop_the_release_of_later_messages()
    {
        var published = new List<string>();
        var hold = new PublishHold(Publish, (_, _) => throw new InvalidOperationException("The publish failed."));
        hold.Begin();
        hold.TryHold(Channel, "1"u8.ToArray(), out bool _);
        hold.TryHold(Channel, "2"u8.ToArray(), out Task<long> awaited);
        hold.TryHold(Channel, "3"u8.ToArray(), out bool _);

        hold.Release();

        Assert.Equal(["1", "3"], published);
        await Assert.ThrowsAsync<InvalidOperationException>(() => awaited);
        Assert.False(hold.TryHold(Channel, "4"u8.ToArray(), out bool _));

        bool Publish(RedisChannel channel, byte[] message)
        {
            published.Add(Encoding.UTF8.GetString(message));
            return published.Count > 1 ? true : throw new InvalidOperationException("The publish failed.");
        }
    }
}
