using Xunit;
using static TypedSocketRedis.Tests.Running.Running;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Enums as text: combinations of flags, declared texts, keys and values without a text, compared with System.Text.Json.</summary>
public sealed class EnumTests
{
    private const string Enums = """
        [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Rights { None = 0, [JsonStringEnumMemberName("can-read")] Read = 1, [JsonStringEnumMemberName("can-write")] Write = 2, Execute = 4, [JsonStringEnumMemberName("all")] All = 7, Other = 16 }
        [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Bits : ulong { A = 1, B = 2, Top = 1ul << 62 }
        [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Small : sbyte { A = 1, Sign = -128 }
        [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Permissions { ManageOrganizationMembersAndTheirInvitations = 1, ManageOrganizationBillingAndPaymentMethods = 2, ManageOrganizationSecurityAndAuditSettings = 4, ManageRepositoryContentsAndPullRequests = 8, ManageRepositoryWorkflowsAndEnvironments = 16, ManageRepositoryPackagesAndDeployments = 32, ManageRepositoryWebhooksAndIntegrations = 64 }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Mood { Good, [JsonStringEnumMemberName("not good")] Bad, good }
        public enum Number { One = 1, Two }
        [SocketEvents] public interface IEvents { void X(Rights a, Bits b, Small c, Permissions d, Mood e, Dictionary<Rights, int> f, Dictionary<Mood, int> g, Numbers h, Dictionary<Number, int> i, Dictionary<Bits, int> j); }
        public record Numbers(Number Value);
        """;

    [Theory]
    [InlineData("Rights", "(Rights){0}", 32)]
    [InlineData("Bits", "(Bits){0}", 6)]
    [InlineData("Bits", "(Bits)((1ul << 62) + {0})", 4)]
    [InlineData("Small", "(Small)(-128 + {0})", 3)]
    [InlineData("Permissions", "(Permissions){0}", 130)]
    [InlineData("Mood", "(Mood){0}", 4)]
    public void Texts_of_values_and_keys_are_those_of_SystemTextJson(string type, string value, int count)
    {
        var values = string.Join(", ", Enumerable.Range(0, count).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, value, i)));
        var results = Evaluate(Enums,
            $"string.Join('|', new {type}[] {{ {values} }}.Select(v => Write(v)))", $"string.Join('|', new {type}[] {{ {values} }}.Select(v => JsonSerializer.Serialize(v)))",
            $"new {type}[] {{ {values} }}.All(v => Back(v) == v)");
        Assert.Equal(results[1], results[0]);
        Assert.Equal("true", results[2]);
    }

    [Fact]
    public void Keys_have_the_declared_texts_and_come_back() => Assert.Equal(
        ["""{"can-read":1,"can-read, can-write":2,"64":3}""", "true", """{"not good":1,"7":2}""", "true", """{"9223372036854775808":1}""", "true"],
        Evaluate(Enums,
            "Write(new Dictionary<Rights, int> { [Rights.Read] = 1, [Rights.Write | Rights.Read] = 2, [(Rights)64] = 3 })",
            """Read<Dictionary<Rights, int>>(`{"can-read, can-write":2,"64":3}`) is var d && d[Rights.Read | Rights.Write] == 2 && d[(Rights)64] == 3""",
            "Write(new Dictionary<Mood, int> { [Mood.Bad] = 1, [(Mood)7] = 2 })", """Read<Dictionary<Mood, int>>(`{"not good":1,"7":2}`)[(Mood)7] == 2""",
            "Write(new Dictionary<Bits, int> { [(Bits)(1ul << 63)] = 1 })", "Back(new Dictionary<Bits, int> { [(Bits)(1ul << 63)] = 1 }).ContainsKey((Bits)(1ul << 63))"));

    [Theory]
    [InlineData("""Read<Rights>(`"can-read, can-write"`)""", "3")]
    [InlineData("""Read<Rights>(`"CAN-READ,Execute"`)""", "5")]
    [InlineData("""Read<Rights>(`"Read"`)""", "1")]
    [InlineData("""Read<Rights>(`"can-read, "`)""", null)]
    [InlineData("""Read<Mood>(`"NOT GOOD"`)""", "1")]
    [InlineData("""Read<Mood>(`"good"`)""", "2")]
    [InlineData("""Read<Mood>(`"GOOD"`)""", null)]
    [InlineData("""Read<Mood>(`"Good,good"`)""", null)]
    [InlineData("""Read<Mood>(`"12"`)""", "12")]
    [InlineData("""Read<Mood>(`"+1"`)""", null)]
    [InlineData("""Read<Mood>(`5`)""", "5")]
    [InlineData("""Read<Numbers>(`{"value":"two"}`).Value""", "2")]
    [InlineData("""Read<Numbers>(`{"value":"12"}`).Value""", "12")]
    [InlineData("""Read<Numbers>(`{"value":"+1"}`).Value""", null)]
    [InlineData("""Read<Numbers>(`{"value":"One,Two"}`).Value""", null)]
    [InlineData("""Read<Numbers>(`{"value":" One"}`).Value""", null)]
    public void Texts_are_read_or_refused(string expression, string? expected)
    {
        var result = Assert.Single(Evaluate(Enums, expected is null ? expression : $"(int){expression}"));
        if (expected is null) Assert.StartsWith("EventDataException: ", result, StringComparison.Ordinal);
        else Assert.Equal(expected, result);
    }
}
