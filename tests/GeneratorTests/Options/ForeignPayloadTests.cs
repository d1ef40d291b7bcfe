using Xunit;

namespace TypedSocketRedis.Tests.Options;

/// <summary>Results, unions with a boolean discriminator, and formatters for types of other assemblies.</summary>
public sealed class ForeignPayloadTests
{
    private const string Results = """
        public record Board(int Id);
        public record Fault(string Code);
        [SocketCommands] public interface IBoards { Task<Result<Board>> Open(int id); Task<Result<int, Fault>> Count(int id); }
        """;

    [Fact]
    public void A_result_is_its_value_or_its_error() => Assert.Equal(
        [
            """[{"ok":true,"data":{"id":1}}]""", """[{"ok":false,"error":"No such board."}]""",
            """[{"ok":true,"data":5}]""", """[{"ok":false,"error":{"code":"gone"}}]""", "True 1", "False gone",
            "a.data: expected a value for the required property of type Board, found nothing.",
            "a.ok: expected a value for the required property of type bool, found nothing.",
            "a.error: expected a value for the required property of type string, found nothing.",
        ],
        RunHarness.Run(Results + """
            [SocketPayload] public record Both(Result<Board>? A, Result<int, Fault>? B);
            public class Handler : IBoards
            {
                public Task<Result<Board>> Open(int id) => Task.FromResult(id > 0 ? new Board(id) : Result.Fail<Board>("No such board."));
                public Task<Result<int, Fault>> Count(int id) => Task.FromResult(id > 0 ? 5 : Result.Fail<int, Fault>(new Fault("gone")));
            }
            public static class Case
            {
                public static IEnumerable<string> Run()
                {
                    foreach (var name in new[] { "open", "count" })
                        foreach (var id in new[] { 1, 0 }) yield return Show.Handle(new BoardsDispatcher(), new Handler(), name, $"[{id}]");
                    var a = Show.Read<Both>("{\"a\":{\"data\":{\"id\":1},\"ok\":true,\"more\":[1]}}").A!;
                    yield return $"{a.IsOk} {a.Data!.Id}";
                    var b = Show.Read<Both>("{\"b\":{\"ok\":false,\"error\":{\"code\":\"gone\"}}}").B!;
                    yield return $"{b.IsOk} {b.Error!.Code}";
                    yield return Fail("{\"a\":{\"ok\":true}}");
                    yield return Fail("{\"a\":{}}");
                    yield return Fail("{\"a\":{\"ok\":false}}");
                }

                private static string Fail(string json)
                {
                    try { Show.Read<Both>(json); return ""; }
                    catch (InvalidOperationException e) { return e.Message; }
                }
            }
            """));

    [Fact, Trait("Needs", "Linux")]
    public Task A_client_narrows_a_result_by_ok() => TypeScriptCompiler.AssertCompilesAsync(TypeScriptHarness.Whole(Results), """
        import { type Socket } from "socket.io-client";
        import type { ClientToServerEvents } from "./socket-events.js";
        declare const socket: Socket<{}, ClientToServerEvents>;
        const board = await socket.emitWithAck("open", 1);
        const id: number | string = board.ok ? board.data.id : board.error.toUpperCase();
        // @ts-expect-error: there is no data before ok is checked
        console.log(id, board.data);
        const count = await socket.emitWithAck("count", 1);
        if (!count.ok) console.log(count.error.code);
        """);

    [Fact]
    public void A_boolean_tells_the_types_of_a_union() => Assert.Equal(
        ["""{"ok":true,"value":5}""", """{"ok":false,"why":"no"}""", "Success`1 5", "Failure`1 no"],
        RunHarness.Run("""
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "ok")]
            [SocketDerivedType(typeof(Success<>), true), SocketDerivedType(typeof(Failure<>), false)]
            public abstract record Outcome<T>;
            public record Success<T>(T Value) : Outcome<T>;
            public record Failure<T>(string Why) : Outcome<T>;
            [SocketPayload] public record Page(Outcome<int> A);
            public static class Case
            {
                public static IEnumerable<string> Run() =>
                [
                    Show.Json<Outcome<int>>(new Success<int>(5)), Show.Json<Outcome<int>>(new Failure<int>("no")),
                    Show.Read<Outcome<int>>("{\"value\":5,\"ok\":true}") is Success<int> s ? $"{s.GetType().Name} {s.Value}" : "",
                    Show.Read<Outcome<int>>("{\"ok\":false,\"why\":\"no\"}") is Failure<int> f ? $"{f.GetType().Name} {f.Why}" : "",
                ];
            }
            """));

    [Fact]
    public void TypeScript_of_a_union_has_its_booleans()
    {
        var text = TypeScriptHarness.TypeScript("""
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "ok")]
            [SocketDerivedType(typeof(Saved), true), SocketDerivedType(typeof(Refused), false)] public abstract record Outcome;
            public record Saved(int Id) : Outcome; public record Refused(string Why) : Outcome;
            [SocketEvents] public interface IEvents { void A(Outcome outcome); }
            """);
        Assert.Contains("ok: true;", text, StringComparison.Ordinal);
        Assert.Contains("ok: false;", text, StringComparison.Ordinal);
    }

    private const string Formatters = """
        using MessagePack; using MessagePack.Formatters;
        [assembly: MessagePackKnownFormatter(typeof(CultureFormatter)), MessagePackKnownFormatter(typeof(LazyFormatter<>))]
        [MessagePackFormatter(typeof(AckFormatter<>))] public record Ack<T>(bool Ok, T? Data);
        [TypeScriptType("boolean")] public sealed class AckFormatter<T> : IMessagePackFormatter<Ack<T>?>
        {
            public void Serialize(ref MessagePackWriter w, Ack<T>? v, MessagePackSerializerOptions o) => w.Write(v!.Ok);
            public Ack<T>? Deserialize(ref MessagePackReader r, MessagePackSerializerOptions o) => new(r.ReadBoolean(), default);
        }
        [TypeScriptType("`${string}-${string}`")]
        public sealed class CultureFormatter : IMessagePackFormatter<System.Globalization.CultureInfo?>
        {
            public void Serialize(ref MessagePackWriter w, System.Globalization.CultureInfo? v, MessagePackSerializerOptions o) => w.Write(v?.Name);
            public System.Globalization.CultureInfo? Deserialize(ref MessagePackReader r, MessagePackSerializerOptions o) => new(r.ReadString()!);
        }
        public sealed class LazyFormatter<T> : IMessagePackFormatter<Lazy<T>?>
        {
            public void Serialize(ref MessagePackWriter w, Lazy<T>? v, MessagePackSerializerOptions o) => w.Write(v!.Value!.ToString());
            public Lazy<T>? Deserialize(ref MessagePackReader r, MessagePackSerializerOptions o) => null;
        }
        [SocketEvents] public interface IEvents { void A(Ack<int> ack, System.Globalization.CultureInfo culture, List<Lazy<int>> all); }
        """;

    [Fact]
    public void Formatters_are_closed_and_declared_once_for_an_assembly() => Assert.Equal(
        ["""a(true,"de-DE",["5"])"""],
        RunHarness.Run(Formatters + """
            public static class Case
            {
                public static IEnumerable<string> Run() =>
                    [Show.Sent(r => r.Of<IEvents>().All.A(new(true, 1), new("de-DE"), [new Lazy<int>(5)]))];
            }
            """));

    [Fact]
    public void A_formatter_of_the_assembly_has_its_TypeScript() => Assert.Contains(
        "a: (ack: boolean, culture: `${string}-${string}`, all: unknown[]) => void;",
        TypeScriptHarness.TypeScript(Formatters), StringComparison.Ordinal);

    [Fact]
    public void A_formatter_that_cannot_be_created_is_refused()
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File("""
            using MessagePack; using MessagePack.Formatters;
            [assembly: MessagePackKnownFormatter(typeof(OwnFormatter))]
            public sealed class OwnFormatter(int size) : IMessagePackFormatter<System.Globalization.CultureInfo?>
            {
                public void Serialize(ref MessagePackWriter w, System.Globalization.CultureInfo? v, MessagePackSerializerOptions o) => w.Write(size);
                public System.Globalization.CultureInfo? Deserialize(ref MessagePackReader r, MessagePackSerializerOptions o) => null;
            }
            [SocketEvents] public interface IEvents { void A(System.Globalization.CultureInfo culture); }
            """));
        Assert.Equal("TSR065", Assert.Single(GeneratorHarness.Run(compilation).Diagnostics).Id);
    }

    private const string Numerics = """
        using System.Net; using System.Numerics;
        [SocketPayload] public record All(Vector2 A, Vector3 B, Quaternion C, Plane D, Complex E, IPAddress? F, IPEndPoint? G);
        [SocketEvents] public interface IEvents { void Moved(All all); }
        """;

    [Fact]
    public void Vectors_are_objects_and_addresses_are_text() => Assert.Equal(
        [
            """{"a":{"x":1,"y":2},"b":{"x":1,"y":2,"z":3.5},"c":{"x":0,"y":0,"z":0,"w":1},"d":{"normal":{"x":0,"y":1,"z":0},"d":4},"e":{"real":1,"imaginary":-1},"f":"::1","g":"[::1]:80"}""",
            "True", "expected an IP address, found the text \"1.2.3.4.5\".",
        ],
        RunHarness.Run(Numerics + """
            public static class Case
            {
                public static IEnumerable<string> Run()
                {
                    var all = new All(new(1, 2), new(1, 2, 3.5f), Quaternion.Identity, new(0, 1, 0, 4), new(1, -1), IPAddress.IPv6Loopback,
                        new IPEndPoint(IPAddress.IPv6Loopback, 80));
                    yield return Show.Json(all);
                    yield return Show.Read<All>(Show.Json(all)).Equals(all).ToString();
                    string message;
                    try { Show.Read<All>("{\"f\":\"1.2.3.4.5\"}"); message = ""; } catch (InvalidOperationException e) { message = e.Message; }
                    yield return message.Substring(message.IndexOf("expected"));
                }
            }
            """));

    [Fact]
    public void TypeScript_of_vectors_has_their_components() => Assert.Contains(
        "export interface Vector3 {\n    x: number;\n    y: number;\n    z: number;\n}",
        TypeScriptHarness.TypeScript(Numerics), StringComparison.Ordinal);
}
