using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Messages that two servers deliver at different times, of which each is to be delivered once.</summary>
public sealed class MessageHandoverTests
{
    private const int Former = 0;
    private const int Next = 1;

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _delivered = [];
    private readonly MessageHandover _handover;

    public MessageHandoverTests() => _handover = new MessageHandover(_time, message => _delivered.Add(Encoding.UTF8.GetString(message.Message.Span)));

    [Fact]
    public void A_later_server_repeats_nothing()
    {
        _handover.Begin(Next);
        Take(Former, "1", "2", "3");
        Take(Next, "2", "3");
        Take(Former, "4");
        _handover.Change();
        Take(Next, "4", "5");

        Assert.Equal(["1", "2", "3", "4", "5"], _delivered);
    }

    [Fact]
    public void What_an_earlier_server_delivered_follows_in_order_unless_the_former_one_did()
    {
        _handover.Begin(Next);
        Take(Former, "1");
        Take(Next, "2", "3", "4");
        Take(Former, "2", "3");
        Assert.Equal(["1", "2", "3"], _delivered);

        _handover.Change();
        Take(Former, "4");
        Take(Next, "5");

        Assert.Equal(["1", "2", "3", "4", "5"], _delivered);
    }

    [Fact]
    public void Equal_messages_are_delivered_as_often_as_they_were_sent()
    {
        _handover.Begin(Next);
        Take(Former, "a", "a", "a");
        Take(Next, "a", "a");
        _handover.Change();
        Take(Next, "a", "a");

        Assert.Equal(["a", "a", "a", "a"], _delivered);
    }

    [Fact]
    public void Equal_bytes_on_other_channels_are_other_messages()
    {
        _handover.Begin(int.MaxValue);
        Take(Former, "1");
        _handover.Change(["channel", "other"]);
        _handover.Take(new BusMessage(Former, "other"u8.ToArray(), "1"u8.ToArray()));
        Take(Former, "1", "01");

        Assert.Equal(["1", "1", "01"], _delivered);
    }

    [Fact]
    public void Channels_that_stay_are_not_compared()
    {
        _handover.Begin(int.MaxValue);
        Take(Former, "1");
        _handover.Change(["other"]);
        Take(Former, "1");

        Assert.Equal(["1", "1"], _delivered);
    }

    [Fact]
    public void A_channel_that_follows_later_repeats_nothing_either()
    {
        _handover.Begin(int.MaxValue);
        _handover.Change(["other"]);
        Take(Former, "1", "2");
        _handover.Change(["channel"]);
        Take(Former, "2", "3");

        Assert.Equal(["1", "2", "3"], _delivered);
    }

    [Fact]
    public void A_message_that_comes_again_after_the_window_is_a_new_one()
    {
        _handover.Begin(int.MaxValue);
        Take(Former, "1");
        _handover.Change(["channel"]);
        _time.Advance(MessageHandover.Window + TimeSpan.FromMilliseconds(1));
        Take(Former, "1");

        Assert.Equal(["1", "1"], _delivered);
    }

    [Fact]
    public void A_slow_handover_repeats_nothing_that_both_servers_delivered()
    {
        _handover.Begin(Next);
        Take(Former, "1");
        Take(Next, "1", "2");
        _time.Advance(10 * MessageHandover.Window);
        Take(Former, "2");
        _handover.Change();

        Assert.Equal(["1", "2"], _delivered);
    }

    [Fact]
    public void When_too_much_is_kept_the_change_comes_early_and_loses_nothing()
    {
        var large = new string('a', 1024 * 1024);
        _handover.Begin(Next);
        for (var i = 0; i < 40; i++) Take(Next, $"{i} {large}");
        Assert.True(_handover.IsActive);
        _handover.End();

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i} {large}"), _delivered);
        Assert.False(_handover.IsActive);
    }

    [Fact]
    public void The_names_of_channels_count_in_the_bound()
    {
        _handover.Begin(Next);
        for (var i = 0; i < 40; i++) _handover.Take(new BusMessage(Next, Channel(i), Encoding.UTF8.GetBytes($"{i}")));
        Assert.NotEmpty(_delivered);

        var repeated = new RepeatedMessages(_time, MessageHandover.Window, maxBytes: 10_000);
        var message = new BusMessage(Former, Channel(0), "0"u8.ToArray());
        repeated.Add(message);
        Assert.False(repeated.TryTake(message));

        static byte[] Channel(int number) => Encoding.UTF8.GetBytes($"{number}{new string('c', 1024 * 1024)}");
    }

    [Fact]
    public void An_end_without_a_change_delivers_what_was_kept()
    {
        _handover.Begin(Next);
        Take(Next, "1");
        _handover.End();
        Take(Next, "1");

        Assert.Equal(["1", "1"], _delivered);
    }

    private void Take(int source, params string[] messages)
    {
        foreach (var message in messages) _handover.Take(new BusMessage(source, "channel"u8.ToArray(), Encoding.UTF8.GetBytes(message)));
    }
}
