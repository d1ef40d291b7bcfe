using System.Collections.Concurrent;
using System.Collections.Immutable;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Testing;

namespace TypedSocketRedis;

/// <summary>A client in one namespace of a server in the test process; thread-safe.</summary>
/// <remarks>
/// The events that a handler sends to the client before it returns have arrived when the task of its command completes. Events that are
/// sent later, or to other clients, are awaited with <see cref="ReceiveAsync"/>.
/// </remarks>
public abstract class HarnessClient : IAsyncDisposable
{
    private readonly HarnessConnection _connection;
    private readonly TaskCompletionSource<SocketId> _admitted = New<SocketId>();
    private readonly TaskCompletionSource _disconnected = New();
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<SocketArguments>> _acks = new();
    private readonly ConcurrentDictionary<ulong, ReceivedEvent> _unacknowledged = new();
    private readonly ConcurrentDictionary<string, Func<ReceivedEvent, SocketArguments>> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private ImmutableList<ReceivedEvent> _received = [];
    private TaskCompletionSource _changed = New();
    private ulong _lastId;
    private Task _reading = Task.CompletedTask;
    private Exception? _failure;

    private protected HarnessClient(HarnessConnection connection, string path, TimeSpan timeout) =>
        (_connection, Path, Timeout) = (connection, path, timeout);

    /// <summary>The id of the socket on the server, for example for <c>emitter.To(client.Id)</c>.</summary>
    public SocketId Id { get; private set; }

    /// <summary>The namespace, with its leading slash.</summary>
    public string Path { get; }

    /// <summary>Gets a value indicating whether the client is connected to the namespace.</summary>
    public bool IsConnected => _admitted.Task.IsCompletedSuccessfully && !_disconnected.Task.IsCompleted;

    /// <summary>A task that completes when the client is disconnected, by either side.</summary>
    public Task Disconnected => _disconnected.Task;

    /// <summary>The events that were received, in order; a copy.</summary>
    public IReadOnlyList<ReceivedEvent> Received => Volatile.Read(ref _received);

    private protected TimeSpan Timeout { get; }

    /// <summary>Returns the events of one type that were received, in order.</summary>
    /// <typeparam name="TEvent">The type that is generated for the event, for example <c>ChatEvents.Said</c>.</typeparam>
    /// <returns>A copy.</returns>
    /// <exception cref="EventDataException">The arguments do not match the contract.</exception>
    public IReadOnlyList<TEvent> ReceivedOf<TEvent>()
        where TEvent : struct, IReceivedEvent<TEvent> =>
        [.. Received.Where(one => one.Name == TEvent.Name).Select(one => EventDataReader.Read<TEvent>(one.Incoming))];

    /// <summary>Returns the next event of one type: the first call the first event, also if it was received before, and so on.</summary>
    /// <typeparam name="TEvent">The type that is generated for the event, for example <c>ChatEvents.Said</c>.</typeparam>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns>A task with the event.</returns>
    /// <exception cref="TimeoutException">The event was not received in time; the message lists the events that were.</exception>
    /// <exception cref="SocketHarnessException">The client was disconnected.</exception>
    /// <exception cref="EventDataException">The arguments do not match the contract.</exception>
    public async Task<TEvent> ReceiveAsync<TEvent>(CancellationToken cancellationToken = default)
        where TEvent : struct, IReceivedEvent<TEvent>
    {
        var number = _taken.AddOrUpdate(TEvent.Name, 0, static (_, last) => last + 1);
        using var limit = new CancellationTokenSource(Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (Received.Where(one => one.Name == TEvent.Name).ElementAtOrDefault(number) is { } found)
                return EventDataReader.Read<TEvent>(found.Incoming);
            if (_disconnected.Task.IsCompleted)
                throw Disconnection($"The client was disconnected before the event \"{TEvent.Name}\" was received. {Describe()}");
            try
            {
                await changed.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"The event \"{TEvent.Name}\" was not received within {Timeout}. {Describe()}");
            }
        }
    }

    /// <summary>Acknowledges the events of one type, also those that were received before.</summary>
    /// <typeparam name="TEvent">The type that is generated for the event, for example <c>ChatEvents.Confirm</c>.</typeparam>
    /// <typeparam name="T">The type of the acknowledgement.</typeparam>
    /// <param name="acknowledge">The function that returns the acknowledgement of an event. It replaces the one before. An exception of it
    /// disconnects the client, and is the inner exception of the exceptions that this causes.</param>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    /// <example><code>
    /// client.Acknowledge((ChatEvents.Confirm e) => e.Price &lt; 100);
    /// </code></example>
    public void Acknowledge<TEvent, T>(Func<TEvent, T> acknowledge)
        where TEvent : struct, IReceivedEvent<TEvent, T>
    {
        ArgumentNullException.ThrowIfNull(acknowledge);
        _handlers[TEvent.Name] = received => AckOf<TEvent, T>(acknowledge(EventDataReader.Read<TEvent>(received.Incoming)));
        AcknowledgeReceived(TEvent.Name);
    }

    /// <summary>Sends an event without a contract and returns its acknowledgement, whatever it is.</summary>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task with the arguments of the acknowledgement.</returns>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="SocketHarnessException">The client is disconnected.</exception>
    /// <exception cref="TimeoutException">The server did not acknowledge the event in time.</exception>
    public Task<SocketArguments> EmitAsync(string name, params ReadOnlySpan<SocketArgument> arguments)
    {
        ArgumentNullException.ThrowIfNull(name);
        using var buffer = PooledBuffer.Rent();
        return SendWithAckAsync(name, AnyEventWriter.Write(buffer, name, SocketArguments.Of(arguments)), CancellationToken.None);
    }

    /// <summary>Leaves the namespace, as <c>socket.disconnect()</c> of an official client; completes when the packet is sent.</summary>
    public async Task DisconnectAsync()
    {
        if (IsConnected) await _connection.SendAsync(_connection.Format.Disconnect(Path)).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connection, as a client that goes offline.</summary>
    /// <returns>A task that completes when the server has closed its side too.</returns>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAny(_reading, Task.Delay(Timeout)).ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Connects to the namespace.</summary>
    internal async Task JoinAsync(SocketArgument auth, CancellationToken cancellationToken)
    {
        _reading = RunAsync();
        await _connection.SendConnectAsync(Path, auth).ConfigureAwait(false);
        try
        {
            Id = await _admitted.Task.WaitAsync(Timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The server did not admit or refuse the client within {Timeout}. Namespace: {Path}.");
        }
    }

    /// <summary>Waits until the handlers of the connection have completed, or need the test to go on.</summary>
    /// <param name="handlers">The task that completes with the handlers.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    internal async Task WaitForHandlersAsync(Task handlers, CancellationToken cancellationToken)
    {
        var limit = Task.Delay(Timeout, cancellationToken);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (handlers.IsCompleted || !_unacknowledged.IsEmpty || _disconnected.Task.IsCompleted) return;
            if (await Task.WhenAny(handlers, changed, limit).ConfigureAwait(false) != limit) continue;
            await limit.ConfigureAwait(false);
            throw new TimeoutException(
                $"OnConnectedAsync or OnConnected of a handler did not complete within {Timeout}. Namespace: {Path}. {Describe()}");
        }
    }

    /// <summary>Sends an event and awaits its acknowledgement; the bytes are valid until the call returns.</summary>
    private protected Task<SocketArguments> SendWithAckAsync(string name, EventData data, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var ack = _acks.GetOrAdd(id, static _ => New<SocketArguments>());
        return AwaitAckAsync(name, _connection.Format.Event(Path, data, id), ack.Task, cancellationToken);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static SocketArguments AckOf<TEvent, T>(T value)
        where TEvent : struct, IReceivedEvent<TEvent, T>
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePack.MessagePackWriter(buffer);
        writer.WriteArrayHeader(1);
        TEvent.WriteAck(ref writer, value);
        writer.Flush();
        return SocketArguments.OfArray(buffer.WrittenSpan.ToArray());
    }

    private async Task<SocketArguments> AwaitAckAsync(
        string name, Frame frame, Task<SocketArguments> ack, CancellationToken cancellationToken)
    {
        if (!IsConnected) throw Disconnection($"The client is disconnected; \"{name}\" was not sent.");
        await _connection.SendAsync(frame).ConfigureAwait(false);
        try
        {
            await Task.WhenAny(ack, _disconnected.Task).WaitAsync(Timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The server did not acknowledge \"{name}\" within {Timeout}.");
        }

        return ack.IsCompleted ? await ack.ConfigureAwait(false)
            : throw Disconnection($"The client was disconnected before \"{name}\" was acknowledged.");
    }

    private async Task RunAsync()
    {
        try
        {
            await _connection.ReadAsync(Receive, Refuse).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The test sees it in the exception of whatever it awaits.
            Volatile.Write(ref _failure, exception);
        }
        finally
        {
            _admitted.TrySetException(Disconnection("The server closed the connection."));
            End();
            _connection.End();
        }
    }

    private void Receive(Packet packet)
    {
        if (packet.Path != Path) return;
        switch (packet.Type)
        {
            case PacketType.Connect:
                _admitted.TrySetResult(SocketId.Parse(new SocketArgument(0, packet.Body)["sid"].GetString(), null));
                break;
            case PacketType.Event when EventHeader.TryRead(packet.Body.Span, out var header):
                Add(new ReceivedEvent(header.NameText, SocketArguments.OfEvent(packet.Body), packet.Id));
                break;
            case PacketType.Ack when packet.Id is { } id && _acks.TryRemove(id, out var ack):
                ack.TrySetResult(SocketArguments.OfArray(packet.Body));
                break;
            case PacketType.Disconnect:
                End();
                break;
        }
    }

    private void Refuse(SocketArgument error)
    {
        var details = error["data"];
        var code = details.Kind == ArgumentKind.Object && details["code"].TryGetString(out var text) ? text : null;
        _admitted.TrySetException(new SocketHarnessException(error["message"].GetString(), code, details));
    }

    private void Add(ReceivedEvent received)
    {
        if (received.AckId is { } id) _unacknowledged[id] = received;
        ImmutableInterlocked.Update(ref _received, static (all, one) => all.Add(one), received);
        Signal();
        AcknowledgeReceived(received.Name);
    }

    private void AcknowledgeReceived(string name)
    {
        if (!_handlers.TryGetValue(name, out var acknowledge)) return;
        foreach (var (id, received) in _unacknowledged)
        {
            if (received.Name == name && _unacknowledged.TryRemove(id, out _))
                _ = _connection.SendAsync(_connection.Format.Ack(Path, id, acknowledge(received).ToArray()));
        }
    }

    private SocketHarnessException Disconnection(string message) => new(message, innerException: Volatile.Read(ref _failure));

    private void End()
    {
        _disconnected.TrySetResult();
        Signal();
    }

    private void Signal() => Interlocked.Exchange(ref _changed, New()).TrySetResult();

    private string Describe() => Received.Count == 0 ? "No event was received." : $"Received: {string.Join(", ", Received)}.";
}
