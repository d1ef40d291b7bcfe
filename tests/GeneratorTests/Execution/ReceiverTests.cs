using System.Collections.Immutable;
using System.Text.Json;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>Events of generated methods, which reach an implementation through the generated dispatcher.</summary>
public sealed class ReceiverTests
{
    private readonly SocketEventsRecorder _recorder = new();

    [Fact]
    public async Task Values_that_are_written_as_nil_can_be_read()
    {
        var handler = new Nothings();
        await _recorder.Servers<INothingEvents>().Nothing(default, default, default, Token);
        await DispatchAsync<INothingEvents>(handler);
        _recorder.Clear();
        await _recorder.Servers<INothingEvents>().Nothing([1], JsonElement.Parse("null"), SocketArgument.FromJson("5"), Token);
        await DispatchAsync<INothingEvents>(handler);
        Assert.Equal(["False null Null", "False null Number"], handler.Seen);

        _recorder.Clear();
        _ = _recorder.Servers<INothingEvents>().Nowhere(Token);
        Assert.Equal("[[]]", await DispatchAsync<INothingEvents>(handler));
        _recorder.Acknowledge("nowhere", "[]");
        Assert.Empty(Assert.Single(await _recorder.Servers<INothingEvents>().Nowhere(Token)));
    }

    [Fact]
    public async Task Server_events_are_handled_and_acknowledged()
    {
        await _recorder.Servers<IClusterEvents>().Dropped("prices", Token);
        var sent = Assert.Single(_recorder.Events);
        Assert.Equal((RecordedTarget.Servers, "/cluster"), (sent.Target, sent.Path));
        Assert.Equal(new ClusterEvents.Dropped("prices"), sent.Event);
        Assert.Equal("[]", await DispatchAsync<IClusterEvents>(new Node("first")));

        _recorder.Clear();
        _ = _recorder.Servers<IClusterEvents>().Ask(2, Token);
        Assert.Equal("[\"first 2\"]", await DispatchAsync<IClusterEvents>(new Node("first")));
        Assert.Equal("[\"second 2\"]", await DispatchAsync<IClusterEvents>(new Node("second")));
    }

    [Fact]
    public async Task Commands_of_clients_are_handled_and_acknowledged()
    {
        var handler = new Commands();
        Assert.Equal("[7]", await DispatchAsync<IRunCommands>(handler, "join", """["lobby",3]"""));
        Assert.Equal("[7]", await DispatchAsync<IRunCommands>(handler, "join", """["lobby"]"""));
        Assert.Equal("[]", await DispatchAsync<IRunCommands>(handler, "say it", """[["a","b"]]"""));
        Assert.Equal("[]", await DispatchAsync<IRunCommands>(handler, "leave", "[]"));
        Assert.Equal(["join lobby 3", "join lobby 1", "say a,b", "leave True"], handler.Seen);
        await Assert.ThrowsAsync<EventDataException>(() => DispatchAsync<IRunCommands>(handler, "join", "[5]"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<string> DispatchAsync<TEvents>(TEvents handler)
        where TEvents : class =>
        DispatchAsync(handler, new IncomingEvent(_recorder.Events[0].Name, _recorder.Events[0].Arguments, expectsAck: true, Token));

    private static Task<string> DispatchAsync<TEvents>(TEvents handler, string name, string json)
        where TEvents : class => DispatchAsync(handler, new IncomingEvent(name, SocketArguments.FromJson(json), expectsAck: true, Token));

    private static async Task<string> DispatchAsync<TEvents>(TEvents handler, IncomingEvent incoming)
        where TEvents : class
    {
        var dispatcher = EventDispatchers.Of<TEvents>();
        Assert.Contains(incoming.Name, dispatcher.Events);
        return MessagePackSerializer.ConvertToJson(await dispatcher.DispatchAsync(handler, incoming), cancellationToken: Token);
    }

    private sealed class Nothings : INothingEvents
    {
        public List<string> Seen { get; } = [];

        public Task Nothing(ImmutableArray<int> numbers, JsonElement json, SocketArgument argument)
        {
            Seen.Add($"{numbers.IsDefault} {json.GetRawText()} {argument.Kind}");
            return Task.CompletedTask;
        }

        public Task<ImmutableArray<int>> Nowhere() => Task.FromResult(default(ImmutableArray<int>));
    }

    private sealed class Node(string name) : IClusterEvents
    {
        public Task Dropped(string key)
        {
            Assert.Equal("prices", key);
            return Task.CompletedTask;
        }

        public Task<string> Ask(int number) => Task.FromResult($"{name} {number}");
    }

    private sealed class Commands : IRunCommands
    {
        public List<string> Seen { get; } = [];

        public Task<int> Join(string room, int times)
        {
            Seen.Add($"join {room} {times}");
            return Task.FromResult(7);
        }

        public async ValueTask Say(params string[] texts)
        {
            await Task.Yield();
            Seen.Add("say " + string.Join(',', texts));
        }

        public Task Leave(CancellationToken cancellationToken)
        {
            Seen.Add($"leave {cancellationToken == Token}");
            return Task.CompletedTask;
        }
    }
}

[ServerEvents]
public interface INothingEvents
{
    Task Nothing(ImmutableArray<int> numbers, JsonElement json, SocketArgument argument);

    Task<ImmutableArray<int>> Nowhere();
}

[ServerEvents("/cluster")]
public interface IClusterEvents
{
    Task Dropped(string key);

    Task<string> Ask(int number);
}

[SocketCommands("/run")]
public interface IRunCommands
{
    Task<int> Join(string room, int times = 1);

    [SocketEvent("say it")]
    ValueTask Say(params string[] texts);

    Task Leave(CancellationToken cancellationToken);
}
