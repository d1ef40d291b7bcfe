namespace TypedSocketRedis;

/// <summary>The reason for the end of a socket or a connection, with the details that the transport or the parser gave.</summary>
/// <param name="Reason">The reason, whose text is the one of the JavaScript server.</param>
/// <param name="Description">The detail for logs, a sentence such as the rule that the client violated, or null if there is
/// none.</param>
/// <param name="Exception">The exception that ended the connection, or null for none.</param>
public sealed record DisconnectInfo(DisconnectReason Reason, string? Description = null, Exception? Exception = null)
{
    /// <summary>Returns the text of the reason, followed by the description if there is one.</summary>
    /// <returns>The text, for example <c>transport error: The client aborted a poll.</c></returns>
    public override string ToString() => Description is null ? Reason.ToString() : $"{Reason}: {Description}";
}
