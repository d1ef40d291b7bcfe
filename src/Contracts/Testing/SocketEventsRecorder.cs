using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Testing;

namespace TypedSocketRedis;

/// <summary>For tests: takes the place of a server or an emitter, keeps what is sent and gives the answers it was told to give.</summary>
/// <remarks>
/// <para>Events are encoded as they are for a real receiver, and nothing leaves the process. All members may be used from any thread.</para>
/// <para>Each <see cref="Answer(string, string)"/>, and each object given to a generated <c>Handle…</c> method, is one receiver of what it names:
/// an event that is asked has as many acknowledgements, from a single client that of the first. Without any there is nobody to
/// acknowledge.</para>
/// </remarks>
/// <example><code>
/// var recorder = new SocketEventsRecorder();
/// recorder.Of&lt;IClockEvents&gt;().To("utc").Time(now);
/// Assert.Equal("time", recorder.Events.Single().Name);
/// </code></example>
/// <param name="time">The clock of acknowledgements that do not come; the system's by default.</param>
public sealed class SocketEventsRecorder(TimeProvider? time = null) : IEventReceiver
{
    private ImmutableList<RecordedEvent> _events = [];
    private ImmutableList<RecordedFailure> _failures = [];
    private ImmutableList<Receiver> _receivers = [];

    /// <summary>What was sent, in order; a copy.</summary>
    public IReadOnlyList<RecordedEvent> Events => Volatile.Read(ref _events);

    /// <summary>The exceptions of receivers in order, those of handlers and those of arguments that a contract refused; a copy.</summary>
    /// <remarks>The first one of an event is also the inner exception of the <see cref="AckException"/> of its acknowledgements.</remarks>
    public IReadOnlyList<RecordedFailure> Failures => Volatile.Read(ref _failures);

    /// <summary>The clients of a contract's namespace, as <c>Of</c> of a server or an emitter.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <returns>The start of a chain.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public Broadcast<TEvents> Of<TEvents>() => new(Sink<TEvents>(RecordedTarget.Broadcast), BroadcastOptions.Everyone);

    /// <summary>The clients in a namespace, for events without a contract.</summary>
    /// <param name="path">Its name; a missing leading slash is added.</param>
    /// <returns>The start of a chain.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    public Broadcast<AnyEvents> Of(string path) => new(Sink(path, RecordedTarget.Broadcast), BroadcastOptions.Everyone);

    /// <summary>One client, as <c>Client</c> of a socket, for events without a contract.</summary>
    /// <param name="path">The namespace; a missing leading slash is added.</param>
    /// <returns>The receiver.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    public SocketClient<AnyEvents> Client(string path) => new(Sink(path, RecordedTarget.Client));

    /// <summary>One client, as <c>Client</c> of a socket.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <returns>The receiver.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public SocketClient<TEvents> Client<TEvents>() => new(Sink<TEvents>(RecordedTarget.Client));

    /// <summary>The other servers.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <returns>The target.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public Servers<TEvents> Servers<TEvents>() => new(Sink<TEvents>(RecordedTarget.Servers));

    /// <summary>Adds a receiver that acknowledges an event with always the same value.</summary>
    /// <param name="name">The event's name on the wire.</param>
    /// <param name="json">The value as a JavaScript client would give it, for example <c>{"city":"Paris"}</c>; any namespace.</param>
    /// <returns>The recorder itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the value is null.</exception>
    /// <exception cref="FormatException">The value is no JSON.</exception>
    public SocketEventsRecorder Answer(string name, string json)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(json);
        var answer = EventArguments.FromJson($"[{json}]").ToArray();
        Add(new Receiver(Path: null, [name], _ => new ValueTask<ReadOnlyMemory<byte>>(answer)));
        return this;
    }

    /// <summary>Adds a receiver that acknowledges an event with what a function makes of it.</summary>
    /// <param name="name">The event's name on the wire; any namespace.</param>
    /// <param name="answer">Gets the event's arguments and returns those of the acknowledgement; an exception means that none comes
    /// and is one of <see cref="Failures"/>.</param>
    /// <returns>The recorder itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the function is null.</exception>
    public SocketEventsRecorder Answer(string name, Func<EventArguments, EventArguments> answer)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(answer);
        Add(new Receiver(Path: null, [name], incoming => new ValueTask<ReadOnlyMemory<byte>>(answer(incoming.Arguments).ToArray())));
        return this;
    }

    /// <summary>Adds a receiver that acknowledges an event with the result of an asynchronous function.</summary>
    /// <param name="name">The event's name on the wire; any namespace.</param>
    /// <param name="answer">Receives the event's arguments and returns those of the acknowledgement; an exception means that none comes.</param>
    /// <returns>The recorder itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the function is null.</exception>
    [OverloadResolutionPriority(1)]
    public SocketEventsRecorder Answer(string name, Func<EventArguments, Task<EventArguments>> answer)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(answer);
        Add(new Receiver(Path: null, [name], async incoming => (await answer(incoming.Arguments).ConfigureAwait(false)).ToArray()));
        return this;
    }

    /// <summary>Removes all events and failures; the receivers stay.</summary>
    public void Clear()
    {
        Volatile.Write(ref _events, []);
        Volatile.Write(ref _failures, []);
    }

    /// <inheritdoc/>
    void IEventReceiver.Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new Receiver(Contract<TEvents>.Path, [.. dispatcher.Events], incoming => dispatcher.DispatchAsync(handler, incoming)));
    }

    internal TimeProvider Time { get; } = time ?? TimeProvider.System;

    internal void Record(RecordedEvent sent) => ImmutableInterlocked.Update(ref _events, static (all, one) => all.Add(one), sent);

    internal void Record(RecordedFailure failure) => ImmutableInterlocked.Update(ref _failures, static (all, one) => all.Add(one), failure);

    internal IReadOnlyList<Receiver> ReceiversOf(string path, string name) =>
        [.. Volatile.Read(ref _receivers).Where(one => (one.Path is null || one.Path == path) && one.Names.Contains(name))];

    private void Add(Receiver receiver) => ImmutableInterlocked.Update(ref _receivers, static (all, one) => all.Add(one), receiver);

    private RecordingSink Sink<TEvents>(RecordedTarget target) => new(this, Contract<TEvents>.Path, target);

    private RecordingSink Sink(string path, RecordedTarget target)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new RecordingSink(this, NamespacePath.Normalize(path), target);
    }
}
