namespace TypedSocketRedis.Engine;

/// <summary>What is on top of an engine session and gets its messages, one at a time and in order.</summary>
internal interface ISessionReceiver
{
    /// <summary>Tells, once, that the session is open; frames sent from now on come after the handshake.</summary>
    void Opened();

    /// <summary>Takes a text message; the session reads on when the task has completed.</summary>
    /// <param name="utf8">The message, lent until the task completes.</param>
    /// <exception cref="Protocol.ProtocolException">The message is malformed; the session ends.</exception>
    ValueTask ReceiveTextAsync(ReadOnlyMemory<byte> utf8);

    /// <summary>Takes a binary message; the session reads on when the task has completed.</summary>
    /// <param name="bytes">The message, lent until the task completes.</param>
    /// <exception cref="Protocol.ProtocolException">The message is malformed; the session ends.</exception>
    ValueTask ReceiveBinaryAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Tells, once, that the session has ended; called on a thread of its own.</summary>
    void Closed(DisconnectReason reason);
}
