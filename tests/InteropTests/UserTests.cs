using System.Diagnostics;

namespace TypedSocketRedis.Tests;

/// <summary>Users and presence over two servers of ours and a Node server, on both wires, with official clients.</summary>
public sealed class UserTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_revoked_user_is_disconnected_from_every_server(bool isSharded)
    {
        await using var cluster = await UserCluster.StartAsync(redis, isSharded, Long);
        cluster.There.Io.Of("/extra");
        List<JsSocket> revoked =
        [
            await cluster.ConnectAsync(cluster.Here, "42"),
            await cluster.ConnectAsync(cluster.There, "42"),
            await cluster.ConnectAsync(cluster.There, "42", "/desk"),
            await cluster.ConnectAsync(cluster.There, "42", "/extra"),
            await cluster.ConnectNodeAsync("42"),
        ];
        if (isSharded) revoked.Add(await cluster.ConnectNodeAsync("42", "/desk"));
        JsSocket[] others = [await cluster.ConnectAsync(cluster.There, "43"), await cluster.ConnectNodeAsync("4")];
        var users = cluster.Here.Io.Users;
        Assert.True(await users.IsOnlineAsync("42", Token));
        Assert.True(await users.IsOnlineAsync("4", Token));
        Assert.False(await users.IsOnlineAsync("2", Token));

        await users.DisconnectAsync("42", Token);

        foreach (var socket in revoked) Assert.Equal("$disconnect[\"io server disconnect\"]", await socket.NextAsync("$disconnect"));
        Assert.False(await users.IsOnlineAsync("42", Token));
        await cluster.EmitFromNodeAsync("lobby", "still here");
        foreach (var socket in others)
            Assert.DoesNotContain(await socket.UntilAsync("text"), one => one.StartsWith("$disconnect", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Users_and_sockets_of_every_server_are_counted(bool isSharded)
    {
        await using var cluster = await UserCluster.StartAsync(redis, isSharded, Long);
        await cluster.ConnectAsync(cluster.Here, "42");
        var remote = await cluster.ConnectAsync(cluster.There, "42");
        await cluster.ConnectAsync(cluster.There, "43");
        await cluster.ConnectAsync(cluster.There, null);
        var onNode = await cluster.ConnectNodeAsync("44");
        await cluster.ConnectNodeAsync(null);
        await cluster.ConnectNodeAsync("42");

        foreach (var io in new[] { cluster.Here.Io, cluster.There.Io })
        {
            var lobby = await io.Of("/").Presence.GetAsync("lobby", Token);
            Assert.Equal(["42", "43", "44"], lobby.UserIds.Order(StringComparer.Ordinal));
            Assert.Equal((7, 2, true, 3, 0), (lobby.Sockets, lobby.Anonymous, lobby.IsComplete, lobby.ExpectedNodes, lobby.MissingNodes));
            Assert.Equal(3, await io.Of("/").Presence.CountAsync("user:42", Token));
            Assert.Equal(0, await io.Of("/desk").Presence.CountAsync("lobby", Token));
        }

        await cluster.EmitFromNodeAsync("user:42", "for 42");
        await cluster.EmitFromNodeAsync("user:44", "for 44");
        Assert.Equal("text[\"for 42\"]", await remote.NextAsync("text"));
        Assert.Equal("text[\"for 44\"]", await onNode.NextAsync("text"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_frozen_server_is_counted_as_missing_at_the_deadline(bool isSharded)
    {
        var timeout = TimeSpan.FromSeconds(1);
        await using var cluster = await UserCluster.StartAsync(redis, isSharded, timeout);
        await cluster.ConnectAsync(cluster.Here, "42");
        await cluster.ConnectAsync(cluster.There, "43");
        await cluster.ConnectNodeAsync("44");
        var (presence, users) = (cluster.Here.Io.Of("/").Presence, cluster.Here.Io.Users);
        cluster.Freeze(true);

        var waited = Stopwatch.StartNew();
        var lobby = await presence.GetAsync("lobby", Token);
        Assert.True(waited.Elapsed >= timeout - TimeSpan.FromMilliseconds(50), $"{waited.Elapsed}");
        Assert.Equal(["42", "43"], lobby.UserIds.Order(StringComparer.Ordinal));
        Assert.Equal((2, 0, false, 1, 3), (lobby.Sockets, lobby.Anonymous, lobby.IsComplete, lobby.MissingNodes, lobby.ExpectedNodes));
        await Assert.ThrowsAsync<MissingNodesException>(() => presence.CountAsync("lobby", Token));
        Assert.True(await users.IsOnlineAsync("42", Token));
        Assert.True(await users.IsOnlineAsync("43", Token));
        await Assert.ThrowsAsync<MissingNodesException>(() => users.IsOnlineAsync("44", Token));

        cluster.Freeze(false);
        Assert.Equal(["42", "43", "44"], (await presence.GetAsync("lobby", Token)).UserIds.Order(StringComparer.Ordinal));
        Assert.True(await users.IsOnlineAsync("44", Token));
    }
}
