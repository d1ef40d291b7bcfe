using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One client of a bare Engine.IO server, which speaks messages and knows nothing of Socket.IO.</summary>
/// <remarks>
/// <para>Its handler runs from the client's connection until one of the two ends: when the handler returns, the connection
/// is closed behind what was sent, and when the connection ends, <see cref="ReadAllAsync"/> does.</para>
/// <para>All members may be used from any thread, but only one reader reads.</para>
/// </remarks>
public sealed class EngineConnection : ISessionReceiver
{
    private readonly EngineSession _session;
    private readonly Func<EngineConnection, Task> _handler;
    private readonly ILogger _logger;
    private readonly LogGate _failures;
    private readonly MessageHandover _messages = new();

    internal EngineConnection(EngineSession session, Func<EngineConnection, Task> handler, ILogger logger, LogGate failures) =>
        (_session, _handler, _logger, _failures) = (session, handler, logger, failures);

    /// <summary>The session's id, which only its client knows: whoever has it can speak for the client.</summary>
    public string Id => _session.Id.ToString();

    /// <summary>How the client is connected at the moment: <c>polling</c> or <c>websocket</c>.</summary>
    public string Transport => _session.Transport.Name;

    /// <summary>Why the connection has ended; null while it has not.</summary>
    public DisconnectReason? Closed { get; private set; }

    /// <summary>The client's messages, in the order it sent them; ends when the connection has ended.</summary>
    /// <remarks>
    /// A message counts as handled when the next one is asked for. Until then nothing more of the client is read, so a slow
    /// handler slows its client, and a request that brought the message over polling is answered only then.
    /// </remarks>
    /// <param name="cancellationToken">Ends the reading, not the connection.</param>
    /// <returns>The messages; each is lent until the next is asked for.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Somebody reads already.</exception>
    public async IAsyncEnumerable<EngineMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _messages.TakeAsync(cancellationToken).ConfigureAwait(false) is { } message) yield return message;
    }

    /// <summary>Queues a text message; never blocks. After the end it does nothing.</summary>
    /// <remarks>Wire: <c>4</c> and the text. Over <see cref="EngineIOOptions.MaxQueuedBytes"/> the client is disconnected.</remarks>
    /// <param name="text">The message.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public void Send(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var utf8 = PooledBuffer.Rent();
        Encoding.UTF8.GetBytes(text, utf8);
        SendText(utf8.WrittenSpan);
    }

    /// <summary>Queues a binary message; never blocks. After the end it does nothing.</summary>
    /// <remarks>Wire: a binary message over a websocket, <c>b</c> and base64 over polling.</remarks>
    /// <param name="bytes">The message; copied.</param>
    public void Send(ReadOnlySpan<byte> bytes) => _session.Send(Frame.CreateBinary(bytes), BroadcastFlags.None);

    /// <summary>Queues a message as it came, text as text and bytes as bytes.</summary>
    /// <param name="message">The message; copied.</param>
    public void Send(EngineMessage message)
    {
        if (message.IsBinary) Send(message.Payload.Span);
        else SendText(message.Payload.Span);
    }

    /// <summary>Closes the connection behind what was sent before.</summary>
    /// <returns>Completes when the goodbye is queued.</returns>
    public ValueTask CloseAsync()
    {
        _session.Close(DisconnectReason.ForcedClose);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    void ISessionReceiver.Opened() =>
        ThreadPool.UnsafeQueueUserWorkItem(static connection => _ = connection.RunAsync(), this, preferLocal: false);

    /// <inheritdoc/>
    ValueTask ISessionReceiver.ReceiveTextAsync(ReadOnlyMemory<byte> utf8) => _messages.OfferAsync(new EngineMessage(utf8, IsBinary: false));

    /// <inheritdoc/>
    ValueTask ISessionReceiver.ReceiveBinaryAsync(ReadOnlyMemory<byte> bytes) => _messages.OfferAsync(new EngineMessage(bytes, IsBinary: true));

    /// <inheritdoc/>
    void ISessionReceiver.Closed(DisconnectReason reason)
    {
        Closed = reason;
        _messages.End();
    }

    private void SendText(ReadOnlySpan<byte> utf8) => _session.Send(Frame.Create("4"u8, utf8), BroadcastFlags.None);

    private async Task RunAsync()
    {
        try
        {
            await _handler(this).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (_failures.TryEnter(exception.GetType().ToString())) EngineLog.ConnectionFailed(_logger, exception);
        }

        _messages.End();
        _session.Close(DisconnectReason.ForcedClose);
    }
}
