using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The handover between two servers that deliver the same messages at different times: each message is handled once.</summary>
public sealed class MessageHandoverTests
{
    private const int Former = 0;
    private const int Next = 1;

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _delivered = [];
    private readonly MessageHandover _handover;

    public MessageHandoverTests() => _handover = new MessageHandover(BusTimings.Default with { Clock = _time });

    [Fact]
    public void Messages_of_the_next_server_are_not_repeated()
    {
        _handover.Begin(Next, Deliver);
        Take(Former, "1", "2", "3");
        Take(Next, "2", "3");
        Take(Former, "4");
        _handover.Change(Deliver);
        Take(Next, "4", "5");

        Assert.Equal(["1", "2", "3", "4", "5"], _delivered);
    }

    [Fact]
    public void Messages_of_the_next_server_follow_in_order_unless_the_former_one_delivered_them()
    {
        _handover.Begin(Next, Deliver);
        Take(Former, "1");
        Take(Next, "2", "3", "4");
        Take(Former, "2", "3");
        Assert.Equal(["1", "2", "3"], _delivered);

        _handover.Change(Deliver);
        Take(Former, "4");
        Take(Next, "5");

        Assert.Equal(["1", "2", "3", "4", "5"], _delivered);
    }

    [Fact]
    public void Equal_messages_are_each_delivered()
    {
        _handover.Begin(Next, Deliver);
        Take(Former, "a", "a", "a");
        Take(Next, "a", "a");
        _handover.Change(Deliver);
        Take(Next, "a", "a");

        Assert.Equal(["a", "a", "a", "a"], _delivered);
    }

    [Fact]
    public void Messages_with_equal_bytes_on_different_channels_are_different()
    {
        _handover.Begin(int.MaxValue, Deliver);
        Take(Former, "1");
        _handover.Change(Deliver, ["channel", "other"]);
        _handover.Take(new BusMessage(Former, "other"u8.ToArray(), "1"u8.ToArray()), Deliver);
        Take(Former, "1", "01");

        Assert.Equal(["1", "1", "01"], _delivered);
    }

    [Fact]
    public void Messages_of_channels_that_do_not_move_are_not_compared()
    {
        _handover.Begin(int.MaxValue, Deliver);
        Take(Former, "1");
        _handover.Change(Deliver, ["other"]);
        Take(Former, "1");

        Assert.Equal(["1", "1"], _delivered);
    }

    [Fact]
    public void Messages_of_a_channel_that_moves_later_are_not_repeated()
    {
        _handover.Begin(int.MaxValue, Deliver);
        _handover.Change(Deliver, ["other"]);
        Take(Former, "1", "2");
        _handover.Change(Deliver, ["channel"]);
        Take(Former, "2", "3");

        Assert.Equal(["1", "2", "3"], _delivered);
    }

    [Fact]
    public void An_equal_message_after_the_window_is_a_new_message()
    {
        _handover.Begin(int.MaxValue, Deliver);
        Take(Former, "1");
        _handover.Change(Deliver, ["channel"]);
        _time.Advance(BusTimings.Default.HandoverWindow + TimeSpan.FromMilliseconds(1));
        Take(Former, "1");

        Assert.Equal(["1", "1"], _delivered);
    }

    [Fact]
    public void Messages_of_both_servers_are_not_repeated_after_a_slow_handover()
    {
        _handover.Begin(Next, Deliver);
        Take(Former, "1");
        Take(Next, "1", "2");
        _time.Advance(10 * BusTimings.Default.HandoverWindow);
        Take(Former, "2");
        _handover.Change(Deliver);

        Assert.Equal(["1", "2"], _delivered);
    }

    [Fact]
    public void A_full_buffer_forces_an_early_change_without_loss()
    {
        var large = new string('a', 1024 * 1024);
        _handover.Begin(Next, Deliver);
        for (var i = 0; i < 40; i++) Take(Next, $"{i} {large}");
        Assert.True(_handover.IsActive);
        _handover.End(Deliver);

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i} {large}"), _delivered);
        Assert.False(_handover.IsActive);
    }

    [Fact]
    public void Channel_names_count_toward_the_maximum_size()
    {
        _handover.Begin(Next, Deliver);
        for (var i = 0; i < 40; i++) _handover.Take(new BusMessage(Next, Channel(i), Encoding.UTF8.GetBytes($"{i}")), Deliver);
        Assert.NotEmpty(_delivered);

        var repeated = new RepeatedMessages(_time, BusTimings.Default.HandoverWindow, maxBytes: 10_000);
        var message = new BusMessage(Former, Channel(0), "0"u8.ToArray());
        repeated.Add(message);
        Assert.False(repeated.TryTake(message));

        static byte[] Channel(int number) => Encoding.UTF8.GetBytes($"{number}{new string('c', 1024 * 1024)}");
    }

    [Fact]
    public void An_end_without_a_change_delivers_the_buffered_messages()
    {
        _handover.Begin(Next, Deliver);
        Take(Next, "1");
        _handover.End(Deliver);
        Take(Next, "1");

        Assert.Equal(["1", "1"], _delivered);
    }

    private void Take(int source, params string[] messages)
    {
        foreach (var message in messages)
            _handover.Take(new BusMessage(source, "channel"u8.ToArray(), Encoding.UTF8.GetBytes(message)), Deliver);
    }

    private void Deliver(BusMessage message) => _delivered.Add(Encoding.UTF8.GetString(message.Message.Span));
}
