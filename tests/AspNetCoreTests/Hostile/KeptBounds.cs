using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>The bound of the contents of a field.</summary>
/// <param name="Text">The bound.</param>
/// <param name="Test">The test that shows it, or null if the application or the design sets it.</param>
internal sealed record KeptBound(string Text, string? Test);

/// <summary>The bounds of the fields.</summary>
internal static class KeptBounds
{
    public static IReadOnlyCollection<Type> Fixed { get; } =
    [
        typeof(CancellationToken), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Lock), typeof(SocketId), typeof(SessionId),
            typeof(DisconnectReason), typeof(DisconnectInfo),
        typeof(WebSocketFrameHeader), typeof(TaskCompletionSource), typeof(TaskCompletionSource<bool>), typeof(CancellationTokenSource),
    ];

    public static IReadOnlyCollection<Type> Shared { get; } =
    [
        typeof(ServerContext), typeof(NamespaceTable), typeof(NamespaceHolders), typeof(EngineContext), typeof(SocketIOMetrics),
            typeof(SocketNamespace),
        typeof(Limits), typeof(Room), typeof(TimeProvider),
    ];

    private static readonly (KeptBound Bound, string[] Fields)[] Bounds =
    [
        (new("1,000 acknowledgements for each of both kinds.",
            "AckTableTests.Acknowledgements_for_other_nodes_do_not_use_the_limit_of_the_application"),
            ["AckTable._forwarded", "AckTable._pending"]),
        (new("Set by the application, independent of the client.",
            null),
            ["EngineConnection._handler", "EngineSession.User", "HandlerPlace.Key", "HandlerList`1._handlers",
             "HandlerSet._handlers", "Item.Work", "RecoverableSession.Data", "RecoverableSession.User",
             "SocketCore._data", "SocketCore._disconnected", "SocketCore._disconnecting", "SocketCore._replacement",
             "SocketCore._user", "SocketCore._items", "SocketTicket.Scheme", "SocketTicket.User"]),
        (new("1,024 characters.",
            "UserTests.A_provider_that_fails_refuses_the_client_and_is_logged"),
            ["SocketCore._userId"]),
        (new("MaxSocketsPerConnection.",
            "AdmissionTests.A_connection_has_a_bounded_number_of_namespaces"),
            ["ConnectionSockets._all"]),
        (new("100 names.",
            "KeptPerClientTests.Only_the_last_hundred_namespaces_with_a_server_disconnect_are_remembered"),
            ["ConnectionSockets._left"]),
        (new("MaxHttpBufferSize; the next message is not read before this one is taken.",
            "EngineIOTests.A_slow_handler_delays_only_its_own_client"),
            ["EngineMessage.Payload", "MessageRendezvous._reader"]),
        (new("A frame or text of a fixed size.",
            null),
            ["EngineSession._endFrame", "RecoverableSession.Pid", "RecoveryState.pid"]),
        (new("128 characters.",
            "SessionIdTests.An_id_that_cannot_be_used_refuses_its_client"),
            ["EngineSession.GivenId"]),
        (new("MaxHandshakeSize.",
            "LimitTests.A_client_with_a_large_auth_is_refused_by_the_namespace"),
            ["FirstRequest.kept", "Handshake._map"]),
        (new("MaxHandshakeSize, and MaxQueuedBytes for all namespaces.",
            "ClientBudgetTests.Authentication_data_of_all_namespaces_has_one_budget"),
            ["Handshake._auth", "SocketCore._auth"]),
        (new("MaxQueuedBytes for all namespaces.",
            "InboxTests.The_loss_of_a_client_that_is_no_longer_read_is_detected"),
            ["Item.Data", "SocketInbox._others"]),
        (new("MaxQueuedBytes for all namespaces.",
            "ClientBudgetTests.Events_sent_by_middlewares_of_all_namespaces_have_one_budget"),
            ["SocketCore._held"]),
        (new("MaxHttpBufferSize, MaxQueuedBytes and ConnectTimeout.",
            "ClientBudgetTests.An_unfinished_binary_event_is_charged_and_ends_with_the_connect_timeout"),
            ["DeferredMessagePackWriter._marks", "PooledBuffer._array", "Unfinished.Attachments"]),
        (new("1,024 bytes, the longest name of a namespace.",
            "PayloadTests.A_malicious_text_packet_affects_only_its_sender"),
            ["HandlerPlace.Path", "MessagePackPacketReader._lastPath", "JsonPacketReader._lastPath", "SocketCore.Path"]),
        (new("1,000 events and MaxQueuedBytes.",
            "OutgoingHandlerTests.Waiting_events_are_bounded_by_their_bytes_too"),
            ["OutgoingHandlers._waiting"]),
        (new("Four times MaxQueuedBytes, or MaxQueuedBytes after five seconds.",
            "SlowConsumerTests.A_client_at_four_times_the_budget_is_closed_immediately"),
            ["OutgoingQueue._first", "OutgoingQueue._ring", "WebSocketTransport._rest", "WebSocketTransport._pipe"]),
        (new("A share of MaxBytes of the recovery.",
            "RecoveryShareTests.The_kept_sockets_of_one_connection_have_one_share"),
            ["RecoverableSession.Rooms", "RecoveryState.Joined"]),
        (new("MaxRoomsPerSocket, each with a name of 1,088 characters.",
            "LimitTests.A_room_that_is_joined_has_a_bounded_name"),
            ["RoomMember._byRoom", "SocketCore._rooms", "Entry.rooms", "Entry.Left"]),
        (new("MaxHttpBufferSize.",
            "WebSocketTests.A_broken_frame_closes_that_connection_with_its_code"),
            ["WebSocketFrameReader._message"]),
        (new("One request, whose head the web server bounds.",
            null),
            ["WebSocketConnection.context", "WebSocketTransport._context"]),
    ];

    public static IReadOnlyDictionary<string, KeptBound> All { get; } = Bounds
        .SelectMany(one => one.Fields.Select(field => (field, one.Bound)))
        .ToDictionary(one => one.field, one => one.Bound, StringComparer.Ordinal);
}
