using System.Collections.Immutable;
using System.Text.Json;
using TypedSocketRedis.CompilerServices;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>Events of generated methods, which reach an implementation through the generated dispatcher and any receiver.</summary>
public sealed class ReceiverTests
{
    [Fact]
    public async Task Values_that_are_written_as_nil_can_be_read()
    {
        var recorder = new SocketEventsRecorder();
        var handler = new Nothings();
        recorder.HandleNothingEvents(handler);
        recorder.Of<INothingEvents>().Nothing(default, default, default);
        recorder.Of<INothingEvents>().Nothing([1], JsonElement.Parse("null"), SocketArguments.FromJson("[5]")[0]);
        Assert.Equal(["True null Null", "False null Number"], handler.Seen);
        Assert.True((await recorder.Client<INothingEvents>().Nowhere()).IsDefault);
    }

    [Fact]
    public async Task Server_events_are_dispatched_by_a_receiver_other_than_a_socket()
    {
        // A cluster in memory: the event of one server is passed to the dispatchers of the others.
        var cluster = new SocketEventsRecorder();
        var (first, second) = (new ServerEvents(), new ServerEvents());
        first.HandleClusterEvents(new Node("first"));
        second.HandleClusterEvents(new Node("second"));
        cluster.Servers<IClusterEvents>().Dropped("prices");

        var sent = Assert.Single(cluster.Events);
        Assert.Equal(RecordedTarget.Servers, sent.Target);
        var incoming = new IncomingEvent(sent.Name, sent.Arguments, expectsAck: true, TestContext.Current.CancellationToken);
        var answers = new List<string>();
        foreach (var server in new[] { first, second })
            answers.Add(
                MessagePack.MessagePackSerializer.ConvertToJson(await server.Dispatch(incoming),
                    cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(["[]", "[]"], answers);

        incoming = new IncomingEvent("ask", SocketArguments.FromJson("[2]"), expectsAck: true, TestContext.Current.CancellationToken);
        Assert.Equal("[\"first 2\"]",
            MessagePack.MessagePackSerializer.ConvertToJson(await first.Dispatch(incoming),
                cancellationToken: TestContext.Current.CancellationToken));
    }

    private sealed class Nothings : INothingEvents
    {
        public List<string> Seen { get; } = [];

        public void Nothing(ImmutableArray<int> numbers, JsonElement json, SocketArgument argument) =>
            Seen.Add($"{numbers.IsDefault} {json.GetRawText()} {argument.Kind}");

        public Task<ImmutableArray<int>> Nowhere() => Task.FromResult(default(ImmutableArray<int>));
    }

    private sealed class Node(string name) : IClusterEvents
    {
        public void Dropped(string key) => Assert.Equal("prices", key);

        public Task<string> Ask(int number) => Task.FromResult($"{name} {number}");
    }

    /// <summary>The server events of one namespace, with a minimal <see cref="IEventReceiver"/>.</summary>
    private sealed class ServerEvents : IEventReceiver
    {
        public Func<IncomingEvent, ValueTask<ReadOnlyMemory<byte>>> Dispatch { get; private set; } = null!;

        public void Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
            where TEvents : class => Dispatch = incoming => dispatcher.DispatchAsync(handler, incoming);
    }
}

[SocketEvents]
public interface INothingEvents
{
    void Nothing(ImmutableArray<int> numbers, JsonElement json, SocketArgument argument);

    Task<ImmutableArray<int>> Nowhere();
}

[SocketEvents("/cluster")]
public interface IClusterEvents
{
    void Dropped(string key);

    Task<string> Ask(int number);
}
