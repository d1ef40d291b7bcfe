using System.Text.Json;
using TypedSocketRedis.Generator;
using TypedSocketRedis.Generator.Parsing.Contracts;
using Xunit;

namespace TypedSocketRedis.Tests.Options;

/// <summary>Names on the wire that a contract or an assembly sets once.</summary>
public sealed class NamingTests
{
    private const string Types = """
        public enum Stage { InProgress, [JsonStringEnumMemberName("DONE")] Done }
        public record Order(int OrderId, Stage Stage, [property: JsonPropertyName("Own")] string? OwnName = null);
        """;

    [Theory]
    [InlineData("PriceChanged")]
    [InlineData("IOReady")]
    [InlineData("XMLHttpRequest2")]
    [InlineData("A1B2Ab")]
    [InlineData("already_lower")]
    [InlineData("ÄpfelUndÜbel")]
    [InlineData("_Odd_NameX")]
    public void A_name_has_the_form_that_System_Text_Json_gives_it(string name)
    {
        Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(name), Naming.Of(name, NameForm.CamelCase));
        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), Naming.Of(name, NameForm.SnakeCaseLower));
        Assert.Equal(JsonNamingPolicy.SnakeCaseUpper.ConvertName(name), Naming.Of(name, NameForm.SnakeCaseUpper));
        Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(name), Naming.Of(name, NameForm.KebabCaseLower));
        Assert.Equal(JsonNamingPolicy.KebabCaseUpper.ConvertName(name), Naming.Of(name, NameForm.KebabCaseUpper));
        Assert.Equal(name, Naming.Of(name, NameForm.AsDeclared));
    }

    [Theory]
    [InlineData("", "", """orderPlaced({"orderId":1,"stage":0})""")]
    [InlineData("Naming = SocketNaming.AsDeclared", "", """OrderPlaced({"OrderId":1,"Stage":0})""")]
    [InlineData("Naming = SocketNaming.SnakeCaseLower, EnumsAsText = true", "",
        """order_placed({"order_id":1,"stage":"in_progress"})""")]
    [InlineData("", "Naming = SocketNaming.KebabCaseLower, EnumsAsText = true",
        """order-placed({"order-id":1,"stage":"in-progress"})""")]
    [InlineData("EventNaming = SocketNaming.KebabCaseLower, EventPrefix = \"shop:\"", "EnumsAsText = true",
        """shop:order-placed({"orderId":1,"stage":"InProgress"})""")]
    [InlineData("EnumsAsText = false, PropertyNaming = SocketNaming.CamelCase", "Naming = SocketNaming.SnakeCaseUpper, EnumsAsText = true",
        """ORDER_PLACED({"orderId":1,"stage":0})""")]
    public void A_contract_sets_its_names_before_the_assembly(string contract, string assembly, string expected)
    {
        var settings = contract.Length > 0 ? $"({contract})" : "";
        var defaults = assembly.Length > 0 ? $"[assembly: SocketContractDefaults({assembly})]" : "";
        Assert.Equal([expected, """named(1)"""], RunHarness.Run($$"""
            {{defaults}}
            [SocketEvents{{settings}}] public interface IEvents { void OrderPlaced(Order order); [SocketEvent("named")] void Named(int value); }
            {{Types}}
            public static class Case
            {
                public static IEnumerable<string> Run() => Show.Sent(r =>
                {
                    r.Of<IEvents>().All.OrderPlaced(new(1, Stage.InProgress));
                    r.Of<IEvents>().All.Named(1);
                }).Split("\n");
            }
            """));
    }

    [Fact]
    public void Names_and_rules_of_reading_are_settings_of_the_same_contract() => Assert.Equal(
        [
            """["x"]""", """["none"]""", """["x"]""", """["none"]""", """["x"]""",
            "Event 'c', owner.ownerName: expected a value for the required property of type string, found nothing.",
        ],
        RunHarness.Run("""
            [assembly: SocketContractDefaults(RespectNullableAnnotations = false)]
            public record Owner(string OwnerName);
            [SocketCommands] public interface IOne { Task<string> A(Owner owner); }
            [SocketCommands(Naming = SocketNaming.SnakeCaseLower)] public interface ITwo { Task<string> B(Owner owner); }
            [SocketCommands(RespectNullableAnnotations = true, PropertyNameCaseInsensitive = false)] public interface IThree { Task<string> C(Owner owner); }
            public class Handler : IOne, ITwo, IThree
            {
                public Task<string> A(Owner owner) => Task.FromResult(owner.OwnerName ?? "none");
                public Task<string> B(Owner owner) => A(owner);
                public Task<string> C(Owner owner) => A(owner);
            }
            public static class Case
            {
                private static readonly Handler All = new();
                public static IEnumerable<string> Run() =>
                [
                    Show.Handle<IOne>(new OneDispatcher(), All, "a", "[{\"OWNERNAME\":\"x\"}]"), Show.Handle<IOne>(new OneDispatcher(), All, "a", "[{}]"),
                    Show.Handle<ITwo>(new TwoDispatcher(), All, "b", "[{\"owner_name\":\"x\"}]"),
                    Show.Handle<ITwo>(new TwoDispatcher(), All, "b", "[{\"ownerName\":\"x\"}]"),
                    Show.Handle<IThree>(new ThreeDispatcher(), All, "c", "[{\"ownerName\":\"x\"}]"),
                    Show.Handle<IThree>(new ThreeDispatcher(), All, "c", "[{\"OwnerName\":\"x\"}]"),
                ];
            }
            """));

    [Fact]
    public void Contracts_with_different_settings_share_a_payload_type() => Assert.Equal(
        [
            """a({"orderId":1,"stage":1,"Own":"x"})""", """b({"order_id":1,"stage":"DONE","Own":"x"})""",
            """{"orderId":1,"stage":1,"Own":"x"}""",
        ],
        RunHarness.Run($$"""
            [SocketEvents] public interface IOne { void A(Order order); }
            [SocketEvents(Naming = SocketNaming.SnakeCaseLower, EnumsAsText = true)] public interface ITwo { void B(Order order); }
            {{Types}}
            public static class Case
            {
                private static readonly Order Order = new(1, Stage.Done, "x");
                public static IEnumerable<string> Run() =>
                [
                    Show.Sent(r => r.Of<IOne>().All.A(Order)), Show.Sent(r => r.Of<ITwo>().All.B(Order)), Show.Json(Order),
                ];
            }
            """));

    [Fact]
    public void A_command_is_read_by_the_names_of_its_contract() => Assert.Equal(
        ["[7]", "Event 'place_order', order.order_id: expected a value for the required property of type int, found nothing."],
        RunHarness.Run($$"""
            [SocketCommands(Naming = SocketNaming.SnakeCaseLower, EnumsAsText = true)]
            public interface IShop { Task<int> PlaceOrder(Order order); }
            public class Handler : IShop
            {
                public Task<int> PlaceOrder(Order order) => Task.FromResult(order.Stage == Stage.InProgress ? order.OrderId : -1);
            }
            {{Types}}
            public static class Case
            {
                public static IEnumerable<string> Run() =>
                [
                    Show.Handle(new ShopDispatcher(), new Handler(), "place_order", "[{\"order_id\":7,\"stage\":\"in_progress\"}]"),
                    Show.Handle(new ShopDispatcher(), new Handler(), "place_order", "[{\"orderId\":7,\"stage\":\"InProgress\"}]"),
                ];
            }
            """));

    [Fact]
    public void A_converter_with_a_naming_policy_names_the_texts_of_an_enum() => Assert.Equal(
        ["""{"a":"in_progress","b":"IN-PROGRESS","c":"inProgress","d":"InProgress","e":1}""", "InProgress"],
        RunHarness.Run("""
            using System.Text.Json;
            public class Snake() : JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower);
            public class Kebab : JsonStringEnumConverter<Stage> { public Kebab() : base(JsonNamingPolicy.KebabCaseUpper, true) { } }
            public class Camel() : JsonStringEnumConverter<Stage>(JsonNamingPolicy.CamelCase);
            public class Plain : JsonStringEnumConverter<Stage>;
            public enum Stage { Open, InProgress }
            [SocketPayload] public record Order(
                [property: JsonConverter(typeof(Snake))] Stage A, [property: JsonConverter(typeof(Kebab))] Stage B,
                [property: JsonConverter(typeof(Camel))] Stage C, [property: JsonConverter(typeof(Plain))] Stage D,
                [property: JsonConverter(typeof(JsonNumberEnumConverter<Stage>))] Stage E);
            public static class Case
            {
                public static IEnumerable<string> Run()
                {
                    const Stage s = Stage.InProgress;
                    yield return Show.Json(new Order(s, s, s, s, s));
                    yield return Show.Read<Order>("{\"a\":\"in_progress\",\"b\":0,\"c\":0,\"d\":0,\"e\":0}").A.ToString();
                }
            }
            """));

    [Fact]
    public void TypeScript_has_the_names_of_each_contract()
    {
        var text = TypeScriptHarness.TypeScript($$"""
            [SocketEvents(Naming = SocketNaming.SnakeCaseLower, EnumsAsText = true, EventPrefix = "s:")]
            public interface IEvents { void OrderPlaced(Order order); }
            {{Types}}
            """);
        Assert.Contains("\"s:order_placed\": (order: Order) => void;", text, StringComparison.Ordinal);
        Assert.Contains("order_id: number;\n    stage: Stage;\n    Own?: string;", text, StringComparison.Ordinal);
        Assert.Contains("\"in_progress\"", text, StringComparison.Ordinal);
        Assert.Contains("\"DONE\"", text, StringComparison.Ordinal);
    }
}
