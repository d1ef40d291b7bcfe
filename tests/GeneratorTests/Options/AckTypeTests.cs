using Xunit;

namespace TypedSocketRedis.Tests.Options;

/// <summary>Forms of acknowledgements that a contract sets, on the wire and in TypeScript.</summary>
public sealed class AckTypeTests
{
    private const string ErrorFirst = """
        [SocketCommands(ErrorFirstAcks = true)] public interface IShop { Task<int> Buy(string what); Task Leave(); ValueTask<int?> Stock(); }
        """;

    [Fact]
    public void An_error_first_acknowledgement_has_null_before_the_value() => Assert.Equal(
        ["[null,7]", "[]", "[null,null]"],
        RunHarness.Run(ErrorFirst + """
            public class Handler : IShop
            {
                public Task<int> Buy(string what) => Task.FromResult(7);
                public Task Leave() => Task.CompletedTask;
                public ValueTask<int?> Stock() => new((int?)null);
            }
            public static class Case
            {
                public static IEnumerable<string> Run() =>
                [
                    Show.Handle(new ShopDispatcher(), new Handler(), "buy", "[\"a\"]"),
                    Show.Handle(new ShopDispatcher(), new Handler(), "leave", "[]"),
                    Show.Handle(new ShopDispatcher(), new Handler(), "stock", "[]"),
                ];
            }
            """));

    [Fact, Trait("Needs", "Linux")]
    public Task A_client_gets_error_and_value() => TypeScriptCompiler.AssertCompilesAsync(TypeScriptHarness.Whole(ErrorFirst), """
        import { type Socket } from "socket.io-client";
        import type { ClientToServerEvents } from "./socket-events.js";
        declare const socket: Socket<{}, ClientToServerEvents>;
        socket.emit("buy", "pen", (error, value) => error ? console.log(error.error.toUpperCase()) : console.log(value?.toFixed()));
        socket.emit("leave", error => console.log(error?.error.toUpperCase()));
        // @ts-expect-error: an error is an object
        socket.emit("buy", "pen", (error, value) => console.log(error.toUpperCase(), value));
        """);

    private const string Optional = """
        [SocketCommands(OptionalAcks = true)] public interface IShop
        {
            Task<int> Join(string room); Task<string> Pick(string a, int b = 1); Task Leave(string room);
        }
        [SocketEvents] public interface IShopEvents { Task<int> Asked(string what); }
        """;

    [Fact, Trait("Needs", "Linux")]
    public Task Optional_callbacks_have_types_under_WithAcks() => TypeScriptCompiler.AssertCompilesAsync(
        TypeScriptHarness.Whole(Optional), """
        import { type Socket } from "socket.io-client";
        import { Server } from "socket.io";
        import type { ClientToServerEvents, ServerToClientEvents, WithAcks } from "./socket-events.js";
        declare const socket: Socket<ServerToClientEvents, ClientToServerEvents>;
        socket.emit("join", "a");
        socket.emit("join", "a", n => console.log(n.toFixed()));
        socket.emit("pick", "a");
        socket.emit("leave", "a");
        const acked: Socket<ServerToClientEvents, WithAcks<ClientToServerEvents>> = socket;
        const n: number = await acked.emitWithAck("join", "a");
        const s: string = await acked.emitWithAck("pick", "a", undefined);
        await acked.emitWithAck("leave", "a");
        acked.timeout(5).emit("join", "a", (error, value) => console.log(error.message, value.toFixed()));
        acked.timeout(5).emit("leave", "a", error => console.log(error.message));
        // @ts-expect-error: the room is missing
        await acked.emitWithAck("join");
        // @ts-expect-error: a room is text
        await acked.emitWithAck("leave", 5);
        // @ts-expect-error: the acknowledgement is a number
        (await acked.emitWithAck("join", "a")).foo();
        // @ts-expect-error: there is no value
        (await acked.emitWithAck("leave", "a")).foo();
        // @ts-expect-error: the acknowledgement is text
        acked.timeout(5).emit("pick", "a", 1, (error, value) => console.log(error.message, value.toFixed()));
        const io = new Server<WithAcks<ClientToServerEvents>, ServerToClientEvents>();
        const all: number[] = await io.timeout(5).emitWithAck("asked", "x");
        console.log(n, s, all);
        """);

    [Fact]
    public void A_project_without_commands_has_no_WithAcks() => Assert.DoesNotContain(
        "WithAcks", TypeScriptHarness.Whole("[SocketEvents] public interface IEvents { void A(); }"), StringComparison.Ordinal);
}
