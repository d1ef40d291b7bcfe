namespace TypedSocketRedis;

/// <summary>The settings of the server; names and defaults are those of the JavaScript server where it has them.</summary>
/// <remarks>
/// <para>Those of the transports are inherited; docs/engine.md shows them together.</para>
/// <para><see cref="EngineIOOptions.MaxQueuedBytes"/> bounds the other direction, too: what one client has sent and its handlers
/// have not begun with, 128 bytes for each event included. Beyond it the client is not read on until there is room.</para>
/// </remarks>
public sealed class SocketIOOptions : EngineIOOptions
{
    /// <summary>How long a client may be connected without joining a namespace, then it is disconnected; 45 seconds.</summary>
    /// <remarks>As long may the middlewares of a namespace take to decide about a client, then it is refused.</remarks>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>A folder with the bundles of the official client, which are then served below the server's path; null: none are.</summary>
    /// <remarks>
    /// <para>A relative path refers to the content root of the application, not to the current directory.</para>
    /// <para>The files <c>socket.io.js</c>, <c>socket.io.min.js</c>, <c>socket.io.esm.min.js</c>, <c>socket.io.msgpack.min.js</c> and
    /// their maps, as the folder <c>client-dist</c> of the npm package <c>socket.io</c> has them; no other file is served.</para>
    /// <para>A page finds them where the JavaScript server has them: <c>/socket.io/socket.io.js</c>.</para>
    /// </remarks>
    public string? ServeClient { get; set; }

    /// <summary>How clients that lose their connection for a moment find their socket again; null: they do not, as in the JavaScript server.</summary>
    public ConnectionStateRecoveryOptions? ConnectionStateRecovery { get; set; }

    /// <summary>How many namespaces a client may join on one connection; 100. It is refused further ones.</summary>
    /// <remarks>Those it has left and whose handlers still run count, too, against twice as many.</remarks>
    public int MaxSocketsPerConnection { get; set; } = 100;

    /// <summary>The maximum size of a client's handshake, in bytes: its headers, URL and <c>auth</c>, written as JSON. Default: 65,536.</summary>
    /// <remarks>
    /// <para>A client with a larger one is refused when it joins a namespace, with the <c>connect_error</c> "Handshake too large".</para>
    /// <para>A handshake is kept as long as its socket, and sent to other nodes that fetch it.</para>
    /// </remarks>
    /// <value>At least 1,024.</value>
    public int MaxHandshakeSize { get; set; } = 64 * 1024;

    /// <summary>How many rooms a socket may be in, its own included; 10,000. <see cref="ServerSocket.JoinAsync(string, CancellationToken)"/> throws beyond it.</summary>
    /// <remarks>Rooms that a chain of this node moves sockets into, such as <c>SocketsJoinAsync</c>, are the application's choice and not
    /// counted against it. Requests of other nodes are: a socket that would be in more rooms joins none of them.</remarks>
    public int MaxRoomsPerSocket { get; set; } = 10_000;

    /// <summary>How many events of one socket are handled at the same time; 1: each when the handlers of the one before have completed.</summary>
    /// <remarks>
    /// <para>With more, a handler that awaits something does not hold up the next event: they start in the order they came, each
    /// when the one before has come to its first <c>await</c>, as handlers of the JavaScript server do, and may complete in any.</para>
    /// <para>A handler that asks its own client needs more than 1 when the client asks something itself before it answers.</para>
    /// </remarks>
    public int MaxConcurrentEventsPerSocket { get; set; } = 1;

    /// <summary>How many events a client may send each second, all its namespaces together; null, which is no limit.</summary>
    /// <remarks>A second's worth may come at once. A client that sends faster is read more slowly: nothing is lost, nobody is
    /// disconnected, and what it has not got rid of waits on its side. Joining a namespace counts as an event.</remarks>
    public int? MaxEventsPerSecond { get; set; }

    /// <summary>Whether a dynamic namespace ends when its last socket has left; false.</summary>
    /// <remarks>Its adapter ends with it, so that nothing is received for it any more; a client that names it again gets a new one.</remarks>
    public bool CleanupEmptyChildNamespaces { get; set; }

    /// <summary>The maximum number of dynamic namespaces at the same time. Default: 10,000.</summary>
    /// <remarks>When it is reached, namespaces without clients end, the longest empty one first; when all have clients, a client that
    /// names a further one is refused. Namespaces that the application took from <c>Of</c> count, and are not ended for it.</remarks>
    public int MaxDynamicNamespaces { get; set; } = 10_000;

    /// <summary>How packets are encoded; <see cref="SocketIOParser.Default"/>.</summary>
    /// <remarks>A client with another parser is disconnected at its first packet.</remarks>
    public SocketIOParser Parser { get; set; }

    /// <summary>How many binary values one event or acknowledgement may have, in either direction; 10, as official clients allow.</summary>
    /// <remarks>
    /// <para>A client that sends more is disconnected. Sending more to a client throws <see cref="ArgumentException"/>, because it would
    /// disconnect; such an event of another node is not delivered, and counted.</para>
    /// <para>With <see cref="SocketIOParser.MessagePack"/> binary values are no attachments, and there is no such bound.</para>
    /// <para>Raise it only when every client's parser allows more, too.</para>
    /// </remarks>
    public int MaxAttachments { get; set; } = 10;
}
