using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

/// <summary>The names of the rooms of users, and the chains that refuse them.</summary>
public sealed class UserRoomsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly UserRooms Users = UserRooms.Create("user:", "Options.Prefix");

    [Fact]
    public void A_user_has_the_room_with_the_prefix_and_its_id()
    {
        Assert.Equal("user:42", Users.Of("42"));
        Assert.Equal(["user:a", "user:😀"], Users.Of((IEnumerable<string>)["a", "😀", "a"]));
        Assert.Equal("user:" + new string('x', 1024), Users.Of(new string('x', 1024)));
        Assert.Equal("42", UserRooms.UserOf("user:42", "user:"));
        Assert.Null(UserRooms.UserOf("user:", "user:"));
        Assert.Null(UserRooms.UserOf("users:42", "user:"));
        Assert.Null(UserRooms.UserOf("user:42", ""));
        Assert.Null(UserRooms.UserOf("user:" + new string('x', 1025), "user:"));
    }

    [Fact]
    public void An_invalid_id_is_refused_with_the_reason()
    {
        // A lone surrogate cannot be an argument of an attribute.
        (string Id, string Reason)[] invalid =
        [
            ("", "must not be empty"), (new string('x', 1025), "1024"), ("\uD800", "valid Unicode"), ("a\uDC00b", "valid Unicode"),
            ("\uD83D", "valid Unicode"),
        ];
        Assert.All(invalid, one => Assert.Contains(
            one.Reason, Assert.Throws<ArgumentException>(() => Users.Of(one.Id)).Message, StringComparison.Ordinal));
        Assert.NotNull(UserRooms.ProblemOf(":\uD800"));
        Assert.Throws<ArgumentNullException>(() => Users.Of((string)null!));
        Assert.Throws<ArgumentNullException>(() => Users.Of((IEnumerable<string>)null!));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("user:", true)]
    [InlineData("u/", true)]
    [InlineData("user", false)]
    [InlineData("u-_9", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:", false)]
    public void A_prefix_cannot_be_the_start_of_a_socket_id(string? prefix, bool isValid) =>
        Assert.Equal(isValid, UserRooms.ProblemOf(prefix) is null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_prefix_no_name_is_reserved_and_no_user_has_a_room(string? prefix)
    {
        var none = UserRooms.Create(prefix, "Options.Prefix");
        Assert.False(none.IsReserved("user:42"));
        none.Check("");
        var refused = Assert.Throws<InvalidOperationException>(() => none.Of("42"));
        Assert.Contains("Options.Prefix", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server")]
    [InlineData("emitter")]
    [InlineData("recorder")]
    public async Task Chains_refuse_the_rooms_of_users_but_reach_users_by_id(string origin)
    {
        await using var node = new SingleNode("/", ("a", ["a", "user:42"]), ("b", ["b", "room"]));
        node.Adapter.SetUsers(Users);
        var io = origin switch
        {
            "server" => node.EveryoneOf<ITestEvents>(),
            "emitter" => new RedisEmitter(node.Bus, new RedisEmitterOptions()).Of<ITestEvents>(),
            _ => new SocketEventsRecorder().Of<ITestEvents>(),
        };
        var (one, none) = (RoomOf("42"), io.To(Array.Empty<string>()));
        string[] reserved = ["room", one];
        Func<object>[] calls =
        [
            () => io.To(one), () => io.To(reserved), () => io.To("room", RoomOf("")), () => io.All.Except(one),
            () => io.All.Except(reserved), () => none.Except(one), () => io.All.JoinAsync(one, Token).AsTask(),
            () => io.All.JoinAsync(reserved, Token).AsTask(), () => io.All.LeaveAsync(one, Token).AsTask(),
            () => none.LeaveAsync(reserved, Token).AsTask(),
        ];
        Assert.All(calls, call =>
        {
            var refused = Assert.Throws<ArgumentException>(() => _ = call());
            Assert.Contains("ToUser", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Prefix", refused.Message, StringComparison.Ordinal);
        });

        await io.To("users", "User:42").EmitAsync("text");
        await io.ToUser("42").EmitAsync("text", "42");
        await io.ToUsers([]).EmitAsync("text", "none");
        if (origin == "server") Assert.Equal([Events.Packet("text", "42")], node["a"].Received);
        if (origin == "emitter") Assert.Equal(["socket.io#/#", "socket.io#/#user:42#"], node.Bus.Published.Select(one => one.Channel));
    }

    [Fact]
    public async Task Fetched_sockets_refuse_the_rooms_of_users()
    {
        await using var node = new SingleNode("/", ("a", ["a", "user:42"]));
        node.Adapter.SetUsers(Users);
        var remote = Assert.Single(await node.Everyone.All.FetchSocketsAsync(TestContext.Current.CancellationToken));

        Assert.Throws<ArgumentException>(() => { _ = remote.JoinAsync(RoomOf("43")).AsTask(); });
        Assert.Throws<ArgumentException>(() => { _ = remote.LeaveAsync(RoomOf("42")).AsTask(); });
        Assert.Equal(["a", "user:42"], node.Adapter.RoomsOf(node["a"]));
    }

    [Fact]
    public async Task Requests_of_other_nodes_change_the_rooms_of_users()
    {
        await using var node = new SingleNode("/", ("a", ["a"]));
        node.Adapter.SetUsers(Users);

        node.Receive("socket.io-request#/#", """{"uid":"t","type":2,"opts":{"rooms":["a"],"except":[]},"rooms":["user:7"]}"""u8.ToArray());

        Assert.Equal(["a", "user:7"], node.Adapter.RoomsOf(node["a"]));
    }

    [Fact]
    public void An_emitter_refuses_an_invalid_prefix_by_name()
    {
        var refused = Assert.Throws<ArgumentException>(
            () => new RedisEmitter(new RecordingBus(), new RedisEmitterOptions { UserRoomPrefix = "user" }));
        Assert.Contains("RedisEmitterOptions.UserRoomPrefix", refused.Message, StringComparison.Ordinal);
        var open = new RedisEmitter(new RecordingBus(), new RedisEmitterOptions { UserRoomPrefix = null }).Of<ITestEvents>();
        _ = open.To(RoomOf("42"));
        Assert.Throws<InvalidOperationException>(() => open.ToUser("42"));
    }

    private static string RoomOf(string userId) => UserRooms.DefaultPrefix + userId;
}
