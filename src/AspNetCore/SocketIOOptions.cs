using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>The settings of the server. Names and defaults are those of the JavaScript server if it has the setting.</summary>
/// <remarks>
/// <para>The settings of the transports are inherited; docs/engine.md lists all of them.</para>
/// <para><see cref="EngineIOOptions.MaxQueuedBytes"/> also bounds the events of one client that wait for a handler, including
/// 128 bytes per event. Beyond it the client is not read until there is space.</para>
/// </remarks>
public sealed class SocketIOOptions : EngineIOOptions
{
    /// <summary>The time that a client can be connected without joining a namespace before it is disconnected. Default: 45
    /// seconds.</summary>
    /// <remarks>It is also the time that the middlewares of a namespace have to admit a client; afterwards the client is refused.</remarks>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>The folder with the bundles of the official client, served below the server's path, or null to serve none.</summary>
    /// <remarks>
    /// <para>A relative path refers to the content root of the application, not to the current directory.</para>
    /// <para>The files <c>socket.io.js</c>, <c>socket.io.min.js</c>, <c>socket.io.esm.min.js</c>, <c>socket.io.msgpack.min.js</c> and
    /// their maps, as the folder <c>client-dist</c> of the npm package <c>socket.io</c> has them; no other file is served.</para>
    /// <para>A page finds them where the JavaScript server has them: <c>/socket.io/socket.io.js</c>.</para>
    /// </remarks>
    public string? ServeClient { get; set; }

    /// <summary>The settings of connection state recovery, or null for none, as in the JavaScript server.</summary>
    public ConnectionStateRecoveryOptions? ConnectionStateRecovery { get; set; }

    /// <summary>The maximum number of namespaces that a client can join on one connection. Default: 100. Further ones are
    /// refused.</summary>
    /// <remarks>Namespaces that the client has left and whose handlers still run count against twice this number.</remarks>
    public int MaxSocketsPerConnection { get; set; } = 100;

    /// <summary>
    /// The maximum size of a client's handshake, in bytes: its headers, URL and <c>auth</c>, written as JSON. Default: 65,536.
    /// </summary>
    /// <remarks>
    /// <para>A client with a larger one is refused when it joins a namespace, with the <c>connect_error</c> "Handshake too large".</para>
    /// <para>A handshake is kept as long as its socket, and sent to other nodes that fetch it.</para>
    /// </remarks>
    /// <value>At least 1,024.</value>
    public int MaxHandshakeSize { get; set; } = 64 * 1024;

    /// <summary>The maximum number of rooms of a socket, including its own and that of its user. Default: 10,000. Beyond it <see
    /// cref="ISocket.JoinAsync(string, CancellationToken)"/> throws.</summary>
    /// <remarks>Rooms that a chain of this node moves sockets into, such as <c>SocketsJoinAsync</c>, are the application's choice and not
    /// counted against it. Requests of other nodes are: a socket that would be in more rooms joins none of them.</remarks>
    public int MaxRoomsPerSocket { get; set; } = 10_000;

    /// <summary>
    /// The start of the names of the rooms that contain the sockets of one user each. Default: <c>user:</c>. A socket of the user 42 is in
    /// the room <c>user:42</c>.
    /// </summary>
    /// <remarks>
    /// <para>Room names with this start are reserved: <see cref="ISocket.JoinAsync(string, CancellationToken)"/>, <c>To</c>,
    /// <c>Except</c>, <c>SocketsJoinAsync</c> and their like throw an <see cref="ArgumentException"/>. A handler that joins a room named by
    /// its client would otherwise let any client receive the events of another user. Only authentication, and requests of other nodes,
    /// which are trusted, change these rooms.</para>
    /// <para>It is the same on all nodes and emitters. With null or an empty text there are no rooms of users, and no name is
    /// reserved.</para>
    /// </remarks>
    /// <value>At most 64 characters, with a character other than letters, digits, <c>-</c> and <c>_</c>.</value>
    public string? UserRoomPrefix { get; set; } = UserRooms.DefaultPrefix;

    /// <summary>The maximum number of concurrent events of one socket. Default: 1, where an event starts when the handlers of the
    /// previous one complete.</summary>
    /// <remarks>
    /// <para>With a larger number, a handler that awaits does not delay the next event: events start in the order received, each when
    /// the previous one reaches its first <c>await</c>, as in the JavaScript server, and can complete in any order.</para>
    /// <para>A handler that awaits an ack of its own client needs more than 1 if the client awaits an ack itself before it
    /// acknowledges.</para>
    /// </remarks>
    public int MaxConcurrentEventsPerSocket { get; set; } = 1;

    /// <summary>The maximum number of events per second of a client, in all its namespaces together, or null for no limit.</summary>
    /// <remarks>The events of one second can arrive at once. A client that sends faster is read more slowly: nothing is lost, no client is
    /// disconnected, and unread data waits at the client. Joining a namespace counts as an event.</remarks>
    public int? MaxEventsPerSecond { get; set; }

    /// <summary>Gets or sets a value indicating whether a dynamic namespace ends when its last socket has left. Default: false.</summary>
    /// <remarks>Its adapter ends with it, so the namespace receives nothing more; a client that names it again gets a new one.
    /// Whatever the value, a namespace that has refused every client ends with the last of them, and at
    /// <see cref="MaxDynamicNamespaces"/> the empty ones make room for new ones.</remarks>
    public bool CleanupEmptyChildNamespaces { get; set; }

    /// <summary>The maximum number of dynamic namespaces at the same time. Default: 10,000.</summary>
    /// <remarks>When it is reached, namespaces without clients end, the longest empty one first; when all have clients, a client that
    /// names a further one is refused. Namespaces that the application took from <c>Of</c> count, and are not ended for it.</remarks>
    public int MaxDynamicNamespaces { get; set; } = 10_000;

    /// <summary>The encoding of packets. Default: <see cref="SocketIOParser.Default"/>.</summary>
    /// <remarks>A client with another parser is disconnected at its first packet.</remarks>
    public SocketIOParser Parser { get; set; }

    /// <summary>The maximum number of binary values in an event or ack, in both directions. Default: 10, the limit of official
    /// clients.</summary>
    /// <remarks>
    /// <para>A client that sends more is disconnected. Sending more to a client throws <see cref="ArgumentException"/>, because it would
    /// disconnect; such an event of another node is not delivered, and counted.</para>
    /// <para>With <see cref="SocketIOParser.MessagePack"/> binary values are no attachments, and there is no such bound.</para>
    /// <para>Raise it only when every client's parser allows more, too.</para>
    /// </remarks>
    public int MaxAttachments { get; set; } = 10;

    /// <summary>Gets or sets a value indicating whether an event of a contract with more arguments than it declares is refused. Default:
    /// false, where the further arguments are ignored, so that newer clients can connect to this server.</summary>
    /// <remarks>Ignored arguments are counted by <c>typedsocketredis.server.events.surplus</c>, and logged once per minute for each
    /// event.</remarks>
    public bool RefuseSurplusArguments { get; set; }

    /// <summary>Gets or sets a value indicating whether a socket ends when the authentication of its user expires. Default: false, as in
    /// SignalR, because clients need code that connects with a new token.</summary>
    /// <remarks>
    /// <para>The time is the ticket's <c>ExpiresUtc</c>, which the JWT bearer, cookie and bearer token schemes set, or otherwise the claim
    /// <c>exp</c>. It applies to tokens and to the endpoint's own authentication. A sliding expiration is that of the first request.</para>
    /// <para>The socket ends with <see cref="DisconnectReason.AuthenticationExpired"/>, and the client sees <c>io server disconnect</c>. A
    /// client that connects to the namespace with an expired authentication is refused with the code <c>token_expired</c>. <see
    /// cref="ISocket.RefreshAuthenticationAsync(string, CancellationToken)"/> keeps the socket.</para>
    /// </remarks>
    public bool CloseOnAuthenticationExpiration { get; set; }
}
