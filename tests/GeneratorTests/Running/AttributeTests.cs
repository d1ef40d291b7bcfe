using Xunit;
using static TypedSocketRedis.Tests.Running.Running;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Attributes of System.Text.Json and of data contracts on payloads.</summary>
public sealed class AttributeTests
{
    [Fact]
    public void A_data_contract_sends_the_members_that_it_lists() => Assert.Equal(
        [
            """{"ident":1,"need":2}""", """{"ident":0,"name":"n","need":0}""", """{"Id":3,"Name":null,"Secret":"hidden","Skip":0,"Need":4}""",
            "EventDataException: need: expected a value for the required property of type int, found nothing.",
            """{"more":1,"ident":0,"need":0}""",
        ],
        Evaluate("""
            [DataContract] public class A { [DataMember(Name = "ident", Order = 2)] public int Id { get; set; } [DataMember(EmitDefaultValue = false)] public string? Name { get; set; } public string Secret { get; set; } = "hidden"; [IgnoreDataMember] public int Skip { get; set; } [DataMember(IsRequired = true)] public int Need { get; set; } }
            public class B : A { [JsonPropertyOrder(-1)] public int More { get; set; } }
            [SocketEvents] public interface IEvents { void X(A a, B b); }
            """,
            "Write(new A { Id = 1, Need = 2, Secret = `s`, Skip = 5 })", "Write(new A { Name = `n` })",
            "Read<A>(`{\"ident\":3,\"need\":4,\"secret\":\"s\",\"skip\":1}`)", "Read<A>(`{\"ident\":1}`)", "Write(new B { More = 1 })"));

    [Theory]
    [InlineData("TSR036", "public class P { [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] public int A { get; set; } }")]
    [InlineData("TSR036", "[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] public class P { public int A { get; set; } }")]
    [InlineData("TSR036", "[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public class P { public int A { get; set; } }")]
    [InlineData("TSR036", "public class OwnAttribute : JsonConverterAttribute; public class P { [Own] public int A { get; set; } }")]
    [InlineData("TSR040", "[System.Runtime.Serialization.DataContract] public class P { [System.Runtime.Serialization.DataMember] private int A { get; set; } }")]
    public void An_attribute_without_an_effect_is_refused(string id, string source)
    {
        var file = GeneratorHarness.File(source + " [SocketEvents] public interface IEvents { void X(P p); }");
        Assert.Equal(id, Assert.Single(GeneratorHarness.Run(GeneratorHarness.Compile(file)).Diagnostics).Id);
    }
}
