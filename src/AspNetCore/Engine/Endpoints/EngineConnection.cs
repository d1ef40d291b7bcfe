using System.Runtime.CompilerServices;
using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The connection of one client of a plain Engine.IO server, which exchanges messages without the Socket.IO protocol.</summary>
/// <remarks>
/// <para>The handler runs until it returns or the connection ends: when the handler returns, the connection
/// is closed after the queued messages are sent, and when the connection ends, <see cref="ReadAllAsync"/> completes.</para>
/// <para>All members are thread-safe, but only one caller at a time may enumerate <see cref="ReadAllAsync"/>.</para>
/// </remarks>
public sealed class EngineConnection : ISessionReceiver
{
    private readonly EngineSession _session;
    private readonly Func<EngineConnection, Task> _handler;
    private readonly EngineContext _engine;
    private readonly MessageRendezvous _messages = new();

    internal EngineConnection(EngineSession session, Func<EngineConnection, Task> handler, EngineContext engine) =>
        (_session, _handler, _engine) = (session, handler, engine);

    /// <summary>The session id, which only the client knows. It is a secret: any holder of the id can act as the client.</summary>
    public string Id => _session.IdText;

    /// <summary>The name of the client's current transport: <c>polling</c> or <c>websocket</c>.</summary>
    public string Transport => _session.Transport.Name;

    /// <summary>The first HTTP request of the client, valid after the request has ended. Each access decodes it again.</summary>
    public SocketRequest Request => _session.Request.ToRequest();

    /// <summary>The reason for the end of the connection with its details, or null while it is open.</summary>
    public DisconnectInfo? Closed { get; private set; }

    /// <summary>Returns the client's messages in the order in which it sent them; completes when the connection has ended.</summary>
    /// <remarks>
    /// A message counts as handled when the next one is requested. Until then nothing more is read from the client, so a slow handler
    /// slows its client down, and the response to a request that carried the message over polling is sent only then.
    /// </remarks>
    /// <param name="cancellationToken">The token that cancels the enumeration. The connection stays open.</param>
    /// <returns>The messages; each is valid until the next one is requested.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="InvalidOperationException">Another caller is already enumerating the messages.</exception>
    public async IAsyncEnumerable<EngineMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _messages.TakeAsync(cancellationToken).ConfigureAwait(false) is { } message) yield return message;
    }

    /// <summary>Queues a text message; never blocks. Does nothing after the connection has ended.</summary>
    /// <remarks>
    /// Wire: <c>4</c> and the text. A client whose queue exceeds <see cref="EngineIOOptions.MaxQueuedBytes"/> is disconnected.
    /// </remarks>
    /// <param name="text">The message.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public void Send(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var utf8 = PooledBuffer.Rent();
        Encoding.UTF8.GetBytes(text, utf8);
        SendText(utf8.WrittenSpan);
    }

    /// <summary>Queues a binary message; never blocks. Does nothing after the connection has ended.</summary>
    /// <remarks>Wire: a binary message over a websocket, <c>b</c> and base64 over polling.</remarks>
    /// <param name="bytes">The message, which is copied.</param>
    public void Send(ReadOnlySpan<byte> bytes) => _session.Send(Frame.CreateBinary(bytes), BroadcastFlags.None);

    /// <summary>Queues a received message unchanged: text as text, bytes as bytes.</summary>
    /// <param name="message">The message, which is copied.</param>
    public void Send(EngineMessage message)
    {
        if (message.IsBinary) Send(message.Payload.Span);
        else SendText(message.Payload.Span);
    }

    /// <summary>Closes the connection after the queued messages are sent.</summary>
    /// <returns>A task that completes when the close is queued.</returns>
    public ValueTask CloseAsync()
    {
        _session.Close(DisconnectReason.ForcedClose);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    void ISessionReceiver.Opened() =>
        ThreadPool.UnsafeQueueUserWorkItem(static connection => _ = connection.RunAsync(), this, preferLocal: false);

    /// <inheritdoc/>
    ValueTask ISessionReceiver.ReceiveTextAsync(ReadOnlyMemory<byte> utf8) =>
        _messages.OfferAsync(new EngineMessage(utf8, IsBinary: false));

    /// <inheritdoc/>
    ValueTask ISessionReceiver.ReceiveBinaryAsync(ReadOnlyMemory<byte> bytes) =>
        _messages.OfferAsync(new EngineMessage(bytes, IsBinary: true));

    /// <inheritdoc/>
    void ISessionReceiver.Closed(DisconnectInfo info)
    {
        Closed = info;
        _messages.End();
    }

    private void SendText(ReadOnlySpan<byte> utf8) => _session.Send(Frame.Create("4"u8, utf8), BroadcastFlags.None);

    private async Task RunAsync()
    {
        try
        {
            await _handler(this).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Closed is not null)
        {
            // The handler stopped because its client has disconnected.
        }
        catch (Exception exception)
        {
            _engine.DelegateFailed("MapEngineIO", exception);
        }

        _messages.End();
        _session.Close(DisconnectReason.ForcedClose);
    }
}
