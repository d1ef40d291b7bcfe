using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Testing;

namespace TypedSocketRedis;

/// <summary>
/// A replacement for a server or an emitter in tests, which records the events that are sent and returns predefined acknowledgements.
/// </summary>
/// <remarks>
/// <para>Events are encoded as for a real receiver, and nothing leaves the process. All members are thread-safe.</para>
/// <para>Each <see cref="Acknowledge(string, string)"/> is one receiver of its events. An event with acknowledgements gets one
/// from each receiver, and an event to a single client the one of the first. Without a receiver there is no acknowledgement.</para>
/// </remarks>
/// <example><code>
/// var recorder = new SocketEventsRecorder();
/// recorder.Of&lt;IClockEvents&gt;().To("utc").Time(now);
/// Assert.Equal(new ClockEvents.Time(now), recorder.Events.Single().Event);
/// </code></example>
/// <param name="time">The clock of acknowledgement timeouts, or null for the system clock.</param>
public sealed class SocketEventsRecorder(TimeProvider? time = null) : IEmitterSource
{
    private ImmutableList<RecordedEvent> _events = [];
    private ImmutableList<RecordedFailure> _failures = [];
    private ImmutableList<Receiver> _receivers = [];

    /// <summary>The events that were sent, in order; a copy.</summary>
    public IReadOnlyList<RecordedEvent> Events => Volatile.Read(ref _events);

    /// <summary>
    /// The exceptions of receivers in order, both those of handlers and those of arguments that do not match a contract; a copy.
    /// </summary>
    /// <remarks>The first one of an event is also the inner exception of the <see cref="AckException"/> of its acknowledgements.</remarks>
    public IReadOnlyList<RecordedFailure> Failures => Volatile.Read(ref _failures);

    /// <summary>Returns an emitter of a contract's events, in the place of that of a server or a worker.</summary>
    /// <typeparam name="TEvents">The contract, or <see cref="AnyEvents"/> for the main namespace without one.</typeparam>
    /// <returns>The emitter.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract of events for clients.</exception>
    public IEmitter<TEvents> Of<TEvents>()
        where TEvents : class => new Emitter<TEvents>(this, Sink(Contract<TEvents>.EventsPath));

    /// <summary>Returns an emitter of events without a contract.</summary>
    /// <param name="path">The namespace; a missing leading slash is added.</param>
    /// <returns>The emitter.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name contains a comma, which ends it on the wire, or has more than 1,024 bytes.</exception>
    public IEmitter<AnyEvents> Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new Emitter<AnyEvents>(this, Sink(NamespacePath.Normalize(path)));
    }

    /// <summary>Returns one client as the receiver of events without a contract, like <c>Client</c> of a socket.</summary>
    /// <param name="path">The namespace; a missing leading slash is added.</param>
    /// <returns>The receiver.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name contains a comma, which ends it on the wire, or has more than 1,024 bytes.</exception>
    public ISocketClient<AnyEvents> Client(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ClientTarget<AnyEvents>(Sink(NamespacePath.Normalize(path), RecordedTarget.Client));
    }

    /// <summary>Returns one client as the receiver of a contract's events, like <c>Client</c> of a socket.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <returns>The receiver.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract of events for clients.</exception>
    public ISocketClient<TEvents> Client<TEvents>()
        where TEvents : class => new ClientTarget<TEvents>(Sink(Contract<TEvents>.EventsPath, RecordedTarget.Client));

    /// <summary>Returns the other servers as the receivers of a contract's events.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <returns>The target.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract of events between servers.</exception>
    public IServers<TEvents> Servers<TEvents>()
        where TEvents : class => new Servers<TEvents>(Sink(Contract<TEvents>.ServersPath, RecordedTarget.Servers));

    /// <summary>Adds a receiver that always acknowledges an event with the same value.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="json">The value as JSON, for example <c>{"city":"Paris"}</c>. The receiver is added for any namespace.</param>
    /// <returns>The recorder itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the value is null.</exception>
    /// <exception cref="FormatException">The value is not valid JSON.</exception>
    public SocketEventsRecorder Acknowledge(string name, string json)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(json);
        var ack = SocketArguments.FromJson($"[{json}]").ToArray();
        Add(new Receiver(Path: null, [name], _ => new ValueTask<ReadOnlyMemory<byte>>(ack)));
        return this;
    }

    /// <summary>Adds a receiver that acknowledges an event with the result of a function.</summary>
    /// <param name="name">The name of the event on the wire; any namespace.</param>
    /// <param name="ack">The function, which receives the event's arguments and returns those of the acknowledgement. If it throws, no
    /// acknowledgement is sent, and the exception is one of <see cref="Failures"/>.</param>
    /// <returns>The recorder itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the function is null.</exception>
    public SocketEventsRecorder Acknowledge(string name, Func<SocketArguments, SocketArguments> ack)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(ack);
        Add(new Receiver(Path: null, [name], incoming => new ValueTask<ReadOnlyMemory<byte>>(ack(incoming.Arguments).ToArray())));
        return this;
    }

    /// <summary>Adds a receiver that acknowledges an event with the result of an asynchronous function.</summary>
    /// <param name="name">The name of the event on the wire; any namespace.</param>
    /// <param name="ack">The function, which receives the event's arguments and returns those of the acknowledgement. If it throws, no
    /// acknowledgement is sent.</param>
    /// <returns>The recorder itself.</returns>
    /// <exception cref="ArgumentNullException">The name or the function is null.</exception>
    [OverloadResolutionPriority(1)]
    public SocketEventsRecorder Acknowledge(string name, Func<SocketArguments, Task<SocketArguments>> ack)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(ack);
        Add(new Receiver(Path: null, [name], async incoming => (await ack(incoming.Arguments).ConfigureAwait(false)).ToArray()));
        return this;
    }

    /// <summary>Removes all events and failures; the receivers stay.</summary>
    public void Clear()
    {
        Volatile.Write(ref _events, []);
        Volatile.Write(ref _failures, []);
    }

    /// <inheritdoc/>
    IBroadcastSink IEmitterSource.SinkOf(string path) => Sink(path);

    internal TimeProvider Time { get; } = time ?? TimeProvider.System;

    internal void Record(RecordedEvent sent) => ImmutableInterlocked.Update(ref _events, static (all, one) => all.Add(one), sent);

    internal void Record(RecordedFailure failure) => ImmutableInterlocked.Update(ref _failures, static (all, one) => all.Add(one), failure);

    internal IReadOnlyList<Receiver> ReceiversOf(string path, string name) =>
        [.. Volatile.Read(ref _receivers).Where(one => (one.Path is null || one.Path == path) && one.Names.Contains(name))];

    private void Add(Receiver receiver) => ImmutableInterlocked.Update(ref _receivers, static (all, one) => all.Add(one), receiver);

    private RecordingSink Sink(string path, RecordedTarget target = RecordedTarget.Broadcast) => new(this, path, target);
}
