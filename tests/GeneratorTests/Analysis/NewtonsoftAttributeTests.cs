using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class NewtonsoftAttributeTests
{
    private const string Attributes = """
        namespace Newtonsoft.Json { public class JsonIgnoreAttribute : Attribute; public class JsonPropertyAttribute(string name) : Attribute { public string Name => name; } }
        """;

    [Theory]
    [InlineData("[SocketEvents] public interface IEvents { void A(User user); } public class User { [{|TSR118:Newtonsoft.Json.JsonIgnore|}] public string? Hash { get; set; } [{|TSR118:Newtonsoft.Json.JsonProperty(\"a\")|}] public int Id; }")]
    [InlineData("[SocketCommands] public interface ICommands { Task<List<User>> A(); } public class Base { [{|TSR118:Newtonsoft.Json.JsonIgnore|}] public string? Hash { get; set; } } public class User : Base;")]
    [InlineData("[SocketPayload] public record Page(User[] Users); public record User([property: {|TSR118:Newtonsoft.Json.JsonIgnore|}] string Hash);")]
    public Task A_member_that_is_sent_is_reported(string source) => AnalyzerHarness.VerifyAsync($"{source} {Attributes}");

    [Theory]
    [InlineData("[SocketEvents] public interface IEvents { void A(User user); } public class User { [Newtonsoft.Json.JsonIgnore, JsonIgnore] public string? Hash { get; set; } [Newtonsoft.Json.JsonProperty(\"a\"), JsonPropertyName(\"a\")] public int Id; [Newtonsoft.Json.JsonIgnore] internal string? Hidden { get; set; } }")]
    [InlineData("public class User { [Newtonsoft.Json.JsonIgnore] public string? Hash { get; set; } }")]
    public Task A_member_that_is_not_sent_is_not_reported(string source) => AnalyzerHarness.VerifyAsync($"{source} {Attributes}");
}
