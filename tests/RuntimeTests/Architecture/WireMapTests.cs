using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The rows of docs/wire-map.md compared with the sources, the tests and the recorded messages.</summary>
public class WireMapTests
{
    private const string EngineIO = "Engine.IO packets";
    private const string Transports = "Engine.IO transports";
    private const string Json = "Socket.IO packets in JSON";
    private const string Legacy = "Engine.IO 3 and Socket.IO 2";
    private const string Probes = "Subscription probes";

    private static readonly string[] TestFolders = ["tests/RuntimeTests", "tests/AspNetCoreTests"];
    private static readonly IReadOnlyList<WireMapRow> Rows = WireMapRow.ReadAll();

    public static TheoryData<string> Files => [.. RecordedKinds.Files.Keys];

    [Fact]
    public void Every_kind_of_the_sources_has_exactly_one_row()
    {
        string[] expected =
        [
            .. Of(EngineIO, Numbered("src/Contracts/Protocol/EngineIO/EnginePacket.cs", "EnginePacketKind")),
            .. Of(Transports, ["polling payload", "HTTP error", "base64 message"]),
            .. Of(Transports, Numbered("src/AspNetCore/Engine/WebSockets/WebSocketMessage.cs", "WebSocketOpcode")),
            .. Of(Json, Numbered("src/Contracts/Protocol/SocketIO/Packet.cs", "PacketType")),
            .. Of(RecordedKinds.Packets, Numbered("src/Contracts/Protocol/SocketIO/Packet.cs", "PacketType")),
            .. Of(Legacy,
                ["text payload", "binary payload", "binary message", "base64 message", "2 Ping", "3 Pong", "0 Connect", "4 Error"]),
            .. Of(RecordedKinds.Broadcasts, ["broadcast"]),
            .. Of(RecordedKinds.Requests, ClassicFormat.Forms.Where(form => !form.IsResponse).Select(form => $"{form.Type} {form.Kind}")),
            .. Of(RecordedKinds.Requests, ["2 Join, one socket", "3 Leave, one socket", "4 Disconnect, one socket",
                "4 Disconnect, in all namespaces", "5 FetchSockets, to be counted", "requestid", "other"]),
            .. Of(RecordedKinds.Responses, ClassicFormat.Forms.Where(form => form.IsResponse).Select(form => $"{form.Kind}")),
            .. Of(RecordedKinds.Sharded, ShardedFormat.Forms.Select(form => $"{form.Type} {form.Kind}")),
            .. Of(RecordedKinds.Sharded, ["1", "2", "3 Broadcast, to be acknowledged", "6 Disconnect, in all namespaces",
                "7 FetchSockets, to be counted", "13", "other"]),
            .. Of(RecordedKinds.Emitters, ["classic broadcast", "classic 2 Join", "classic 3 Leave", "classic 4 Disconnect",
                "classic 6 ServerEvent", "sharded 3 Broadcast", "sharded 4 Join", "sharded 5 Leave", "sharded 6 Disconnect",
                "sharded 9 ServerEvent", "[uid, packet, options]", "[uid, packet, options] on another channel",
                "[packet, options] on another channel"]),
            .. Of(RecordedKinds.Extensions, ["classic broadcast", "other message"]),
            .. Of(Probes, Bytes("src/Runtime/Bus/BusProbe.cs", "BusProbe")),
            .. Of(Probes, ["Private, capability check"]),
        ];

        Assert.Equal(
            expected.Order(StringComparer.Ordinal), Rows.Select(row => $"{row.Section}: {row.Kind}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_kind_of_the_recorded_messages_has_a_row(string file)
    {
        var kinds = RecordedKinds.Of(file).Distinct().ToArray();
        Assert.NotEmpty(kinds);
        Assert.Empty(
            from kind in kinds
            let isNumber = kind.Kind.EndsWith(' ')
            where !Rows.Any(row => row.Section == kind.Section
                && (isNumber ? row.Kind.StartsWith(kind.Kind, StringComparison.Ordinal) : row.Kind == kind.Kind))
            select kind);
    }

    [Fact]
    public void Every_recorded_file_has_messages_or_is_listed_as_one_without() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "tests/RuntimeTests/Vectors"), "*.json")
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
        RecordedKinds.Files.Keys.Concat(RecordedKinds.WithoutMessages).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_row_has_a_test_and_a_writer_and_a_reader_or_none() => Assert.Empty(
        from row in Rows
        where row.Tests.Length is 0 || !row.HasDirections
        select $"{row.Section}: {row.Kind}");

    [Fact]
    public void Every_named_member_exists()
    {
        var members = Members("src/Contracts", "src/Runtime", "src/AspNetCore");
        Assert.Empty(Rows.SelectMany(row => row.Code).Except(members));
    }

    [Fact]
    public void Every_named_test_exists()
    {
        var tests =
            from file in TestFolders.SelectMany(SourceTree.Files)
            from method in Nodes(file).OfType<MethodDeclarationSyntax>()
            where method.AttributeLists.SelectMany(list => list.Attributes).Any(one => one.Name.ToString() is "Fact" or "Theory")
            select $"{((TypeDeclarationSyntax)method.Parent!).Identifier.Text}.{method.Identifier.Text}";
        Assert.Empty(Rows.SelectMany(row => row.Tests).Except(tests));
    }

    private static IEnumerable<string> Of(string section, IEnumerable<string> kinds) => kinds.Select(kind => $"{section}: {kind}");

    /// <summary>Returns the members of an enumeration with their numbers as they are written.</summary>
    private static IEnumerable<string> Numbered(string file, string type) =>
        from member in Nodes(file).OfType<EnumDeclarationSyntax>().Single(one => one.Identifier.Text == type).Members
        select string.Create(CultureInfo.InvariantCulture, $"{member.EqualsValue!.Value} {member.Identifier.Text}");

    /// <summary>Returns the fields of a type that hold bytes.</summary>
    private static IEnumerable<string> Bytes(string file, string type) =>
        from field in Declaration(file, type).Members.OfType<FieldDeclarationSyntax>()
        where field.Declaration.Type.ToString() == "byte[]"
        from variable in field.Declaration.Variables
        select variable.Identifier.Text;

    private static TypeDeclarationSyntax Declaration(string file, string type) =>
        Nodes(file).OfType<TypeDeclarationSyntax>().Single(one => one.Identifier.Text == type);

    /// <summary>Returns the members of all types as <c>Type.Member</c>.</summary>
    private static IEnumerable<string> Members(params string[] folders) =>
        from file in folders.SelectMany(SourceTree.Files)
        from type in Nodes(file).OfType<TypeDeclarationSyntax>()
        from member in type.Members
        let name = member switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
            _ => "",
        }
        where name.Length > 0
        select $"{type.Identifier.Text}.{name}";

    private static IEnumerable<SyntaxNode> Nodes(string file) =>
        SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes();
}
