using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class SocketArgumentMakingTests
{
    [Fact]
    public void Values_become_arguments()
    {
        var arguments = SocketArguments.Of(1, "two", new byte[] { 3 }, SocketArgument.Null, SocketArgument.FromJson("""{"a":1}"""));
        Assert.Equal(["1", "\"two\"", """{"type":"Buffer","data":[3]}""", "null", """{"a":1}"""],
            Enumerable.Range(0, arguments.Count).Select(i => arguments[i].ToJson()));
        Assert.Equal(0, SocketArguments.Of().Count);
        Assert.Equal(["null", "{}", "5"],
            new[] { SocketArgument.Null, SocketArgument.EmptyObject, (SocketArgument)5 }.Select(one => one.ToJson()));
        Assert.Equal(ArgumentKind.Object, SocketArgument.EmptyObject.Kind);
    }

    [Theory]
    [InlineData("""{"a":[1,"b"]}""")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Json_becomes_an_argument(string json) => Assert.Equal(json, SocketArgument.FromJson(json).ToJson());

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    public void Invalid_json_is_rejected(string text) => Assert.StartsWith(
        "An argument must be one JSON value: ", Assert.Throws<FormatException>(() => SocketArgument.FromJson(text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Payloads_become_arguments_and_are_read_back()
    {
        var argument = SocketArgument.Payload(new Answer("yes", 9));
        Assert.Equal("""{"text":"yes","certainty":9}""", argument.ToJson());
        Assert.Equal(new Answer("yes", 9), argument.GetPayload<Answer>());
        Assert.Equal(new Answer("no", 0),
            SocketArgument.FromJson("""{"certainty":0,"text":"no"}""").GetPayload<Answer>());
    }

    [Fact]
    public void A_payload_of_another_form_and_an_unknown_type_are_rejected()
    {
        Assert.Equal("text: expected text, found the number 1.",
            Assert.Throws<EventDataException>(() => SocketArgument.FromJson("""{"text":1}""").GetPayload<Answer>()).Message);
        Assert.StartsWith($"{typeof(Stream)} has no generated formatter: apply [SocketPayload]",
            Assert.Throws<InvalidOperationException>(() => Unknown<Stream>()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Made(Stream.Null));

        // The compiler reports these types where it sees them.
        static T Unknown<T>() => SocketArgument.Null.GetPayload<T>();
        static SocketArgument Made<T>(T value) => SocketArgument.Payload(value);
    }

    [Fact]
    public void A_simple_type_needs_no_generated_formatter()
    {
        var argument = SocketArgument.Payload(new Uri("http://a/b"));
        Assert.Equal("\"http://a/b\"", argument.ToJson());
        Assert.Equal(new Uri("http://a/b"), argument.GetPayload<Uri>());
    }
}
