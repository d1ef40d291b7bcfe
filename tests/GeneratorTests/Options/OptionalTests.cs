using Xunit;

namespace TypedSocketRedis.Tests.Options;

/// <summary>Properties that can be absent, which differs from null.</summary>
public sealed class OptionalTests
{
    private const string Contracts = """
        public record Address(string City);
        [SocketPayload] public record Patch(Optional<string> Name, Optional<string?> Email = default, Optional<int?> Age = default)
        {
            public Optional<Address?> Address { get; init; }
            public Optional<List<int>> Scores { get; set; } = new List<int> { 7 };
        }
        [SocketCommands] public interface IUsers { Task Change(Patch patch); }
        """;

    [Fact]
    public void An_absent_property_is_not_written_and_null_is() => Assert.Equal(
        [
            """{"scores":[7]}""", """{"name":"Ada","email":null,"age":null,"address":null,"scores":[]}""",
            """{"name":"Ada","age":5,"address":{"city":"Paris"},"scores":[7]}""",
        ],
        RunHarness.Run(Contracts + """
            public static class Case
            {
                public static IEnumerable<string> Run() =>
                [
                    Show.Json(new Patch(default)),
                    Show.Json(new Patch("Ada", new(null), new(null)) { Address = new(null), Scores = new List<int>() }),
                    Show.Json(new Patch("Ada", default, 5) { Address = new Address("Paris") }),
                ];
            }
            """));

    [Fact]
    public void A_property_that_was_not_sent_differs_from_null() => Assert.Equal(
        ["False, False, False, False, 7", "False, True null, True 5, True null, 7", "True Ada, False, False, True Paris, 1"],
        RunHarness.Run(Contracts + """
            public static class Case
            {
                public static IEnumerable<string> Run() =>
                [
                    Text("{}"), Text("{\"name\":null,\"email\":null,\"age\":5,\"address\":null,\"scores\":null}"),
                    Text("{\"name\":\"Ada\",\"address\":{\"city\":\"Paris\"},\"scores\":[1]}"),
                ];

                private static string Text(string json)
                {
                    var p = Show.Read<Patch>(json);
                    var address = p.Address.TryGetValue(out var a) ? "True " + (a?.City ?? "null") : "False";
                    return $"{Of(p.Name)}, {Of(p.Email)}, {Of(p.Age)}, {address}, {p.Scores.Value[0]}";
                }

                private static string Of<T>(Optional<T> value) => value.HasValue ? $"True {value}" : "False";
            }
            """));

    [Fact, Trait("Needs", "Linux")]
    public Task TypeScript_has_optional_properties() => TypeScriptCompiler.AssertCompilesAsync(TypeScriptHarness.Whole(Contracts), """
        import type { Patch } from "./socket-events.js";
        export const none: Patch = {};
        export const all: Patch = { name: "a", email: null, age: null, address: null, scores: [1] };
        // @ts-expect-error: a name cannot be null
        export const bad: Patch = { name: null };
        // @ts-expect-error: absent is not undefined
        export const odd: Patch = { name: undefined };
        """);

    [Theory]
    [InlineData("void A(Optional<int> value);")]
    [InlineData("void A(List<Optional<int>> values);")]
    [InlineData("Task<Optional<string>> A();")]
    public void An_optional_value_elsewhere_is_refused(string method)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File($"[SocketEvents] public interface IBroken {{ {method} }}"));
        Assert.Equal("TSR080", Assert.Single(GeneratorHarness.Run(compilation).Diagnostics).Id);
    }
}
