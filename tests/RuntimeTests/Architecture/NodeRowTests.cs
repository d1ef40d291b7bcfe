using System.Text.RegularExpressions;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The rows of docs/coming-from-node.md, each with a test of the behavior that it promises.</summary>
public sealed partial class NodeRowTests
{
    // The start of a row and its test. "Conformance" tests run the same script against the official server.
    private static readonly (string Row, string Test)[] Tests =
    [
        ("`socket.emit(\"a\", 1)`", "Conformance/ClientTests.Events"),
        ("`io.emit(\"a\", 1)`", "Conformance/ClusterTests.Cluster"),
        ("`io.of(\"/chat\").to(\"x\").emit(\"a\")`", "Conformance/ClusterTests.Rooms"),
        ("`io.to([\"x\", \"y\"]).except(\"z\").emit(\"a\")`", "BroadcastCases.Excluded_rooms_take_precedence_over_target_rooms"),
        ("`socket.broadcast.emit(\"a\")`", "Conformance/ClientTests.Sockets"),
        ("`socket.to(\"x\").emit(\"a\")`", "BroadcastTests.Rooms_select_the_receivers_and_Others_excludes_the_sender"),
        ("`io.to(socket.id).emit(\"a\")`", "ClusterRequestTests.A_fetched_client_can_be_reached_from_the_other_server"),
        ("`socket.volatile.emit(\"a\")`", "VolatileTests.A_client_between_two_polls_misses_volatile_events"),
        ("`socket.compress(false).emit(\"a\")`", "BroadcastCases.Volatile_and_compress_flags_are_sent_with_the_event"),
        ("`io.local.emit(\"a\")`", "ClusterTests.A_local_broadcast_is_received_only_on_its_own_node"),
        ("`await socket.timeout(500).emitWithAck(\"a\")`", "Conformance/ClientTests.Timeouts"),
        ("`await io.timeout(500).emitWithAck(\"a\")`", "ClusterRequestTests.Clients_of_both_servers_acknowledge_to_both_servers"),
        ("`await io.serverSideEmit(\"a\")`", "ClusterRequestTests.Server_events_and_their_acknowledgements_work_in_both_directions"),
        ("`await io.serverSideEmitWithAck(\"a\")`",
            "ClusterRequestTests.Server_events_and_their_acknowledgements_work_in_both_directions"),
        ("`socket.id`", "Conformance/ClientTests.Sockets"),
        ("`socket.data.user = …`", "ClusterRequestTests.Both_servers_fetch_the_sockets_of_both"),
        ("`socket.conn.transport.name`", "LegacyClientTests.Values_are_echoed_unchanged"),
        ("`socket.conn.on(\"upgrade\"", "TransportEventTests.The_handlers_of_an_upgrade_run_once_for_each_socket"),
        ("`socket.conn.on(\"drain\"", "TransportEventTests.A_drained_connection_runs_its_handlers_until_they_are_removed"),
        ("`socket.conn.on(\"packet\"", "TransportEventTests.Packets_are_traced_by_type_and_length_without_their_contents"),
        ("`io.engine.on(\"connection_error\"", "ConnectionErrorTests.A_refused_request_is_passed_to_the_handler"),
        ("`io.engine.generateId = req => …`", "SessionIdTests.A_session_has_the_id_that_the_application_gives_it"),
        ("`socket.join(\"x\")`", "Conformance/ClusterTests.Rooms"),
        ("`socket.disconnect(true)`", "Conformance/ClientTests.Sockets"),
        ("`socket.on(\"disconnecting\"", "DisconnectInfoTests.A_lost_connection_and_a_close_frame_have_different_descriptions"),
        ("`socket.on(\"disconnect\"", "DisconnectInfoTests.A_lost_connection_and_a_close_frame_have_different_descriptions"),
        ("`socket.request`", "SocketRequestTests.The_first_request_of_a_polling_client_is_available_after_it_has_ended"),
        ("`socket.onAny((name", "SocketEventTests.OnAny_handlers_run_before_the_event_handlers_and_for_unhandled_events"),
        ("`await io.in(\"x\").fetchSockets()`", "ClusterRequestTests.Both_servers_fetch_the_sockets_of_both"),
        ("`io.in(\"x\").socketsJoin(\"y\")`", "ClusterRequestTests.Sockets_of_both_servers_are_moved_by_any_server_or_emitter"),
        ("`(await io.in(\"x\").fetchSockets()).length`", "UserTests.Users_and_sockets_of_every_server_are_counted"),
        ("`socket.join(\"user:\" + id)`", "UserTests.A_revoked_user_is_disconnected_from_every_server"),
        ("`socket.once(\"a\", …)`", "RemovableHandlerTests.A_handler_of_one_event_runs_for_the_first_event_only"),
        ("`socket.prependAny(…)`", "RemovableHandlerTests.Handlers_of_every_event_can_be_put_in_front_of_others"),
        ("`socket.eventNames()`", "RemovableHandlerTests.Handlers_are_listed_by_the_names_of_their_events"),
        ("`io.on(\"new_namespace\"", "NotificationTests.Created_namespaces_are_reported_in_order_for_the_application_and_for_clients"),
        ("`io.of(\"/\").adapter.on(\"create-room\"", "NotificationTests.Rooms_are_reported_in_the_order_of_the_JavaScript_adapter"),
        ("`io.of(\"/\").adapter.rooms`", "ClusterRequestTests.Both_servers_list_all_rooms_and_count_both_servers"),
        ("`io.engine.clientsCount`", "SocketRequestTests.The_number_of_clients_counts_connections"),
        ("`path`", "WebTests.Clients_connect_only_on_the_custom_path"),
        ("`pingInterval`", "Conformance/ClientTests.Heartbeat"),
        ("`maxHttpBufferSize`", "Conformance/ClientTests.Sizes"),
        ("`transports`", "TransportOptionTests.A_host_without_polling_refuses_polls"),
        ("`perMessageDeflate`", "Conformance/ClientTests.Deflate"),
        ("`parser`", "MessagePackTests.Every_packet_is_one_binary_message_in_both_directions"),
        ("`connectionStateRecovery`", "Conformance/ClientTests.Recovery"),
        ("`cleanupEmptyChildNamespaces`", "ChildCleanupTests.An_empty_child_is_removed_with_its_adapter_if_cleanup_is_enabled"),
        ("`serveClient`", "ServeClientTests.A_bundle_is_served_with_its_content_type_and_revalidated_by_its_ETag"),
        ("several `new Server(httpServer", "NamedServerTests.Each_server_has_its_own_options_namespaces_handlers_and_clients"),
        ("`allowEIO3`", "LegacyClientTests.Acknowledgements_work_in_both_directions"),
    ];

    private static readonly string[] Sources = [.. SourceTree.Files("tests"), .. SourceTree.Files("src/Testing")];

    public static TheoryData<string, string> Rows => new(Tests);

    [Fact]
    public void Every_row_of_the_page_has_a_test_and_every_test_a_row() => Assert.Equal(
        RowOnPage().Matches(SourceTree.Text("docs/coming-from-node.md"))
            .Select(match => Tests.FirstOrDefault(one => match.Groups[1].Value.StartsWith(one.Row, StringComparison.Ordinal)).Row
                ?? match.Groups[1].Value),
        Tests.Select(one => one.Row));

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_test_of_a_row_exists(string row, string test)
    {
        var (type, method) = test.Split('.') is [var left, var right] ? (left, right) : throw new FormatException(row);
        Assert.Contains(
            Sources.Where(file => file.EndsWith($"/{type}.cs", StringComparison.Ordinal)),
            file => SourceTree.Text(file).Contains($" {method}(", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| (?!Node |---)(.+?) \|", RegexOptions.Multiline)]
    private static partial Regex RowOnPage();
}
