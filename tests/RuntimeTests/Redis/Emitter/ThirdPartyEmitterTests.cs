using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The receivers of each event published by emitters for other languages.</summary>
public class ThirdPartyEmitterTests
{
    /// <summary>The number of rows in which the emitter sent no message.</summary>
    private const int NothingSent = 5;

    public static TheoryData<string> Names => [.. ThirdPartyEvent.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_event_of_another_language_reaches_its_receivers_once(string name)
    {
        var one = Named(name);

        Assert.Equal(one.ByDefault, await ReceiversAsync(one.Row, new RedisAdapterOptions()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_event_reaches_the_intended_receivers_once_with_legacy_emitters(string name)
    {
        var one = Named(name);
        var key = one.Row.Channel[..one.Row.Channel.IndexOf('#', StringComparison.Ordinal)];

        Assert.Equal(one.WithLegacy, await ReceiversAsync(one.Row, new RedisAdapterOptions { Key = key, LegacyEmitters = true }));
    }

    [Fact]
    public void Every_row_has_expected_receivers_or_sent_no_message()
    {
        var rows = Vector.Read("06-third-party-emitters");

        Assert.Equal(rows.Count, ThirdPartyEvent.All.Count + NothingSent);
        Assert.Equal(rows.Where(row => row.Channel.Length > 0).Select(row => row.Name), ThirdPartyEvent.All.Select(one => one.Name));
    }

    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern)]
    [InlineData(RedisSubscriptionMode.PerRoom)]
    public async Task Channels_of_legacy_emitters_are_subscribed_only_if_enabled(RedisSubscriptionMode mode)
    {
        await using var without = new SingleNode(new RedisAdapterOptions { Key = "a*", SubscriptionMode = mode }, "/");
        await using var with = new SingleNode(new RedisAdapterOptions { Key = "a*", SubscriptionMode = mode, LegacyEmitters = true }, "/");

        Assert.Equal(["a*#", "a\\*#[^/]*"], with.Bus.Subscribed.Where(IsLegacy).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(without.Bus.Subscribed, IsLegacy);

        static bool IsLegacy(string channel) => channel is "a*#" || channel.EndsWith("[^/]*", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_name_with_a_separator_is_not_split()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { LegacyEmitters = true }, "/", ("one", ["room1#room2"]),
            ("r1", ["room1"]));

        node.Receive("socket.io#/#room1#room2#", To("room1#room2"));
        Assert.Equal("one", node.Receivers(Assert.Single));

        node.Receive("socket.io#/#room2#room1#", To("room1"));
        Assert.Empty(node["r1"].Received);
    }

    private static byte[] To(string room) =>
        new ClassicEnvelopeCodec(NodeId.Emitter, "/", TargetOrder.Emitter)
            .Write(Events.Of("hi"), new BroadcastOptions { Rooms = [room] });

    private static ThirdPartyEvent Named(string name) => ThirdPartyEvent.All.Single(one => one.Name == name);

    private static async Task<string> ReceiversAsync(Vector row, RedisAdapterOptions options)
    {
        await using var main = new SingleNode(options, "/", ("none", []), ("r1", ["room1"]), ("r12", ["room1", "room2"]));
        await using var other = new SingleNode(options, "/nsp", ("nsp", []), ("nspr", ["room1"]));
        main.Receive(row.Channel, row.Payload);
        other.Receive(row.Channel, row.Payload);
        return $"{main.Receivers(Assert.Single)} {other.Receivers(Assert.Single)}".Trim();
    }
}
