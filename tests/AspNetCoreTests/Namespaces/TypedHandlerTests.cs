using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Handlers of events without a contract whose parameters are the arguments of the event.</summary>
public class TypedHandlerTests
{
    private const int Refused = 2008;

    private readonly LogEntries _log = new();

    [Theory]
    [InlineData("""["move","a",2]""", "[3]")]
    [InlineData("""["none"]""", "[7]")]
    [InlineData("""["one","x"]""", """["x!"]""")]
    [InlineData("""["three",1,true,"t"]""", """[1,true,"t"]""")]
    [InlineData("""["four",1,2,3,4,"further"]""", "[10]")]
    [InlineData("""["nothing","x"]""", "[]")]
    public async Task The_result_of_a_handler_with_parameters_is_the_acknowledgement(string sent, string received)
    {
        await using var server = await StartAsync(io => AddAll(io.Of("/")));
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("421" + sent);
        Assert.Equal("431" + received, await client.TextAsync());
    }

    [Fact]
    public async Task A_group_of_dynamic_namespaces_has_handlers_with_parameters()
    {
        await using var server = await StartAsync(io => AddAll(io.Of(new Regex(@"^/room-[0-9]+\z"))));
        using var client = await WsClient.ConnectAsync(server, "/room-1");
        await client.SendAsync("""42/room-1,1["move","a",2]""");
        Assert.Equal("43/room-1,1[3]", await client.TextAsync());
    }

    [Theory]
    [InlineData("""["move"]""", "argument 0: expected a value, found nothing.")]
    [InlineData("""["move",null,1]""", "argument 0: expected a value, found null.")]
    [InlineData("""["move",5,1]""", "argument 0: expected text, found the number 5.")]
    [InlineData("""["move","a","b"]""", "argument 1: expected")]
    [InlineData("""["list",[1,"x"]]""", "argument 0[1]: expected")]
    [InlineData("""["list",{}]""", "argument 0: expected")]
    [InlineData("""["elements",{}]""", "argument 0: expected an array, found an object.")]
    [InlineData("""["id","not an id"]""", "argument 0: expected the id of a socket")]
    [InlineData("""["reply",{"text":["x"]}]""", "argument 0")]
    public async Task Arguments_of_another_form_are_refused_with_their_place(string sent, string error)
    {
        await using var server = await StartAsync(io =>
        {
            AddAll(io.Of("/"));
            io.Of("/").On("list", (ISocket _, int[] _) => Task.CompletedTask);
            io.Of("/").On("elements", (ISocket _, SocketArgument[] _) => Task.CompletedTask);
            io.Of("/").On("id", (ISocket _, SocketId _) => Task.CompletedTask);
            io.Of("/").On("reply", (ISocket _, Answer _) => Task.CompletedTask);
        });
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("421" + sent);
        var name = JsonNode.Parse(sent)![0]!.GetValue<string>();
        var acknowledged = JsonNode.Parse((await client.TextAsync())["431".Length..])![0]!["error"]!.GetValue<string>();
        Assert.StartsWith($"Event '{name}', {error}", acknowledged, StringComparison.Ordinal);
        Assert.Single(_log.Texts(Refused, LogLevel.Warning));
        Assert.Empty(_log.Errors);
    }

    [Fact]
    public async Task Each_type_that_converts_to_an_argument_is_read_from_one()
    {
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        await AssertReadAsync("text");
        await AssertReadAsync('c');
        await AssertReadAsync(true);
        await AssertReadAsync((byte)1);
        await AssertReadAsync((ushort)2);
        await AssertReadAsync(3);
        await AssertReadAsync(4u);
        await AssertReadAsync(5L);
        await AssertReadAsync(6ul);
        await AssertReadAsync(1.5f);
        await AssertReadAsync(2.5);
        await AssertReadAsync(3.5m);
        await AssertReadAsync(Guid.Parse("8b2a4c1e-0000-4000-8000-000000000001"));
        await AssertReadAsync(at);
        await AssertReadAsync(new DateTimeOffset(at));
        await AssertReadAsync(new DateOnly(2026, 1, 2));
        await AssertReadAsync(new TimeOnly(3, 4, 5));
        await AssertReadAsync(TimeSpan.FromSeconds(90));
        await AssertReadAsync((Half)0.5);
        await AssertReadAsync((Int128)7);
        await AssertReadAsync((UInt128)8);
        await AssertReadAsync(new BigInteger(9));
        await AssertReadAsync(new System.Text.Rune('r'));
        await AssertReadAsync(new Uri("https://example.org/a"));
        await AssertReadAsync(new Version(1, 2, 3));
        await AssertReadAsync(new byte[] { 1, 2 });
        await AssertReadAsync(new[] { "a", null });
        await AssertReadAsync(new[] { 1, 2 });
        await AssertReadAsync(new[] { 1.5, 2.5 });
        await AssertReadAsync(new Answer("payload"));
        Assert.Equal([1], (await ReadAsync<ReadOnlyMemory<byte>>(new byte[] { 1 })).ToArray());
        Assert.Equal([1], (await ReadAsync<Memory<byte>>(new byte[] { 1 })).ToArray());
        Assert.Equal("{\"a\":1}", (await ReadAsync<JsonElement>(SocketArgument.FromJson("{\"a\":1}"))).GetRawText());
        Assert.Equal("{\"a\":1}", (await ReadAsync<JsonNode>(SocketArgument.FromJson("{\"a\":1}"))).ToJsonString());
        Assert.Equal(2, (await ReadAsync<SocketArgument[]>(SocketArgument.FromJson("[1,2]"))).Length);
    }

    [Fact]
    public async Task Null_and_missing_arguments_are_null_for_nullable_values_and_for_arguments()
    {
        foreach (var arguments in new[] { SocketArguments.Of(), SocketArguments.Of(SocketArgument.Null) })
        {
            Assert.Null(await ReadAsync<int?>(arguments));
            Assert.Null(await ReadAsync<Guid?>(arguments));
            Assert.Equal(ArgumentKind.Null, (await ReadAsync<SocketArgument>(arguments)).Kind);
        }

        Assert.Equal(5, await ReadAsync<int?>(5));
    }

    [Fact]
    public async Task A_parameter_that_no_argument_can_be_read_as_is_an_error_at_the_registration()
    {
        await using var server = await StartAsync(_ => { });
        var ns = server.Server.Of("/");
        var exception = Assert.Throws<ArgumentException>(() => Add<Stream>(ns));
        Assert.Contains("System.IO.Stream", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Add<CancellationToken>(ns));
        Assert.Throws<ArgumentException>(() => Add<Unknown>(ns));
        exception = Assert.Throws<ArgumentException>(() => ns.On("move", (IOwnSocket _, string _) => Task.CompletedTask));
        Assert.Contains("ISocket", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => ns.On(null!, (ISocket _, string _) => Task.CompletedTask));
        Assert.Throws<ArgumentNullException>(() => ns.On("move", (Func<ISocket, string, Task>)null!));
        Assert.Equal(0, ns.HandlerCount("move"));

        // The compiler reports these types where it sees them.
        static IDisposable Add<T>(ISocketNamespace<AnyEvents> ns) => ns.On("move", (ISocket _, T _) => Task.CompletedTask);
    }

    [Fact]
    public async Task A_registration_removes_its_handler()
    {
        await using var server = await StartAsync(_ => { });
        var ns = server.Server.Of("/");
        var registration = ns.On("move", (ISocket _, string _) => Task.CompletedTask);
        Assert.Equal(1, ns.HandlerCount("move"));
        registration.Dispose();
        Assert.Equal(0, ns.HandlerCount("move"));
    }

    [Fact]
    public async Task Null_and_missing_arguments_are_null_for_annotated_references_only()
    {
        await using var server = await StartAsync(io =>
        {
            io.Of("/").On("annotated", async (ISocket _, string? text, Answer? answer) => answer is null ? text ?? "none" : "some");
            io.Of("/").On("not", async (ISocket _, string text) => text);
#nullable disable
            io.Of("/").On("unknown", async (ISocket _, string text) => text is null ? "none" : text);
#nullable restore
        });
        using var client = await WsClient.ConnectAsync(server);
        await AssertAckAsync(client, """["annotated"]""", """["none"]""");
        await AssertAckAsync(client, """["annotated",null,null]""", """["none"]""");
        await AssertAckAsync(client, """["annotated","a"]""", """["a"]""");
        await AssertAckAsync(client, """["annotated",null,{"text":"b"}]""", """["some"]""");
        await AssertAckAsync(client, """["unknown",null]""", """["none"]""");
        await client.SendAsync("""421["not",null]""");
        Assert.Contains("argument 0: expected a value, found null.", await client.TextAsync(), StringComparison.Ordinal);
        await client.SendAsync("""421["annotated",5]""");
        Assert.Contains("argument 0: expected text, found the number 5.", await client.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlers_of_one_socket_have_parameters_without_the_socket()
    {
        await using var server = await StartAsync(io => io.Of("/").OnConnected(socket =>
        {
            socket.On("none", async () => 7);
            socket.On("one", async (string text) => text + "!");
            socket.On("two", async (int a, int b) => a + b);
            socket.On("three", (int a, bool b, string? c) => Task.FromResult(SocketArguments.Of(a, b, c is null)));
            socket.On("four", async (int a, int b, int c, int? d) => a + b + c + (d ?? 1));
            socket.On("nothing", async (string room) => await socket.JoinAsync(room));
            socket.On("any", async arguments => arguments.Count);
            return Task.CompletedTask;
        }));
        using var client = await WsClient.ConnectAsync(server);
        await AssertAckAsync(client, """["none",1]""", "[7]");
        await AssertAckAsync(client, """["one","x"]""", """["x!"]""");
        await AssertAckAsync(client, """["two",1,2]""", "[3]");
        await AssertAckAsync(client, """["three",1,true]""", "[1,true,true]");
        await AssertAckAsync(client, """["four",1,2,3]""", "[7]");
        await AssertAckAsync(client, """["nothing","x"]""", "[]");
        await AssertAckAsync(client, """["any",1,2]""", "[2]");
        await client.SendAsync("""421["two","x"]""");
        Assert.Contains("Event 'two', argument 0: expected", await client.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("x", server.Server.Of("/").Sockets.Single().Rooms);
    }

    [Fact]
    public async Task A_handler_with_parameters_can_run_for_the_first_event_only()
    {
        await using var server = await StartAsync(io =>
        {
            io.Of("/").Once("go", async (ISocket _, int n) => n + 1);
            io.Of("/").Once("start", async socket => socket.Rooms.Count);
            io.Of("/").OnConnected(socket =>
            {
                socket.Once("mine", async (int n) => n + 2);
                socket.Once("ready", async () => "yes");
                return Task.CompletedTask;
            });
        });
        using var client = await WsClient.ConnectAsync(server);
        await AssertAckAsync(client, """["go",1]""", "[2]");
        await AssertAckAsync(client, """["start"]""", "[1]");
        await AssertAckAsync(client, """["mine",1]""", "[3]");
        await AssertAckAsync(client, """["ready"]""", """["yes"]""");
        var ns = server.Server.Of("/");
        Assert.Empty(ns.EventNames);
        Assert.Empty(ns.Sockets.Single().EventNames);
    }

    private static async Task AssertAckAsync(WsClient client, string sent, string received)
    {
        await client.SendAsync("421" + sent);
        Assert.Equal("431" + received, await client.TextAsync());
    }

    private static void AddAll(IEventHandlers handlers)
    {
        handlers.On("move", async (ISocket socket, string room, int n) =>
        {
            await socket.JoinAsync(room);
            return n + 1;
        });
        handlers.On("none", async socket => await Task.FromResult(7));
        handlers.On("one", async (ISocket _, string text) => await Task.FromResult(text + "!"));
        handlers.On("three", (ISocket _, int number, bool flag, string text) => Task.FromResult(SocketArguments.Of(number, flag, text)));
        handlers.On("four", async (ISocket _, int a, long b, double c, decimal d) => a + b + c + (double)d);
        handlers.On("nothing", async (ISocket socket, string room) => await socket.JoinAsync(room));
    }

    private async Task AssertReadAsync<T>(T value) => Assert.Equal(value, await ReadAsync<T>(ArgumentOf(value)));

    private static SocketArgument ArgumentOf<T>(T value) => value switch
    {
        string text => text,
        char one => one,
        bool one => one,
        byte one => one,
        ushort one => one,
        int one => one,
        uint one => one,
        long one => one,
        ulong one => one,
        float one => one,
        double one => one,
        decimal one => one,
        Guid one => one,
        DateTime one => one,
        DateTimeOffset one => one,
        DateOnly one => one,
        TimeOnly one => one,
        TimeSpan one => one,
        Half one => one,
        Int128 one => one,
        UInt128 one => one,
        BigInteger one => one,
        System.Text.Rune one => one,
        Uri one => one,
        Version one => one,
        byte[] one => one,
        string?[] one => one,
        int[] one => one,
        double[] one => one,
        _ => SocketArgument.Payload(value),
    };

    private Task<T> ReadAsync<T>(SocketArgument argument) => ReadAsync<T>(SocketArguments.Of(argument));

    /// <summary>Returns the value with which a handler of a server is called for arguments that a client has sent.</summary>
    private async Task<T> ReadAsync<T>(SocketArguments arguments)
    {
        var read = new Waiting<T>();
        await using var server = await StartAsync(io => io.Of("/").On("read", (ISocket _, T value) => read.Set(value)));
        using var client = await WsClient.ConnectAsync(server);
        var socket = (ServerSocket)server.Server.Of("/").Sockets.Single();
        byte[] data = [(byte)(0x90 + arguments.Count + 1), 0xA4, .. "read"u8, .. arguments.ToArray().Span[1..]];
        await socket.Namespace.DispatchAsync(socket, data, null);
        return await read.Value;
    }

    private Task<TestServer> StartAsync(Action<SocketIOServer> map) =>
        TestServer.StartAsync(map: map, services: services => services.AddSingleton<ILoggerProvider>(_log));

    private interface IOwnSocket : ISocket;

    private sealed record Unknown(int Number);
}
