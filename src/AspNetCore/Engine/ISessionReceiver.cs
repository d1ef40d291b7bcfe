namespace TypedSocketRedis.Engine;

/// <summary>The receiver of an engine session's messages, which it gets one at a time and in order.</summary>
internal interface ISessionReceiver
{
    /// <summary>Called once when the session is open. Frames sent from now on follow the handshake.</summary>
    void Opened();

    /// <summary>Handles a text message. The session reads the next one when the task has completed.</summary>
    /// <param name="utf8">The message, valid until the task completes.</param>
    /// <exception cref="Protocol.ProtocolException">The message is malformed; the session ends.</exception>
    ValueTask ReceiveTextAsync(ReadOnlyMemory<byte> utf8);

    /// <summary>Handles a binary message. The session reads the next one when the task has completed.</summary>
    /// <param name="bytes">The message, valid until the task completes.</param>
    /// <exception cref="Protocol.ProtocolException">The message is malformed; the session ends.</exception>
    ValueTask ReceiveBinaryAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Called once, on its own thread-pool work item, when the session has ended.</summary>
    void Closed(DisconnectInfo info);

    /// <summary>Called after the client has changed from polling to a WebSocket.</summary>
    void Upgraded()
    {
    }

    /// <summary>Called after all queued frames have been written, if <c>EngineSession.WatchDrain</c> has been called.</summary>
    void Drained()
    {
    }

    /// <summary>Ends a part of what the receiver serves, or all of it, at the request of code that knows the session only.</summary>
    /// <param name="part">The part, which the receiver gave its session.</param>
    /// <param name="close">True to close the session, too.</param>
    /// <param name="reason">The reason reported for the part, or null for the usual one.</param>
    void Disconnect(object part, bool close, DisconnectReason? reason = null)
    {
    }
}
