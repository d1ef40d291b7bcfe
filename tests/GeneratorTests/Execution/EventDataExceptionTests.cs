using TypedSocketRedis.Generated;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>What a reader says when a peer's data has another form than the contract.</summary>
public sealed class EventDataExceptionTests
{
    [Theory]
    [InlineData("""{"items":[{"symbol":"a","value":1},{"symbol":"b","value":"x"}],"total":2}""", "items[1].value", "a number", "the text \"x\"")]
    [InlineData("""{"items":[],"total":2.5}""", "total", "an integer from -2147483648 to 2147483647", "the number 2.5")]
    [InlineData("""{"items":{},"total":2}""", "items", "an array", "an object")]
    [InlineData("[]", "", "an object", "an array")]
    public void It_names_the_path_what_was_expected_and_what_was_found(string json, string path, string expected, string found)
    {
        var e = Assert.Throws<EventDataException>(() => Wire.ReadJson(TypedSocketRedis_Tests_Execution_Page_1Of_TypedSocketRedis_Tests_Execution_PriceFormatter.Instance, json));
        Assert.Equal(("", path, expected, found), (e.Event, e.Path, e.Expected, e.Found));
        Assert.Equal($"{(path.Length > 0 ? path + ": " : "")}expected {expected}, found {found}.", e.Message);
    }

    [Theory]
    [InlineData("{}", "count")]
    [InlineData("""{"count":1}""", "price")]
    [InlineData("""{"count":null,"price":null}""", "count")]
    public void A_missing_required_property_is_named(string json, string path)
    {
        var e = Assert.Throws<EventDataException>(() => Wire.ReadJson(TypedSocketRedis_Tests_Execution_StrictFormatter.Instance, json));
        Assert.Equal((path, "nothing"), (e.Path, e.Found));
    }

    [Fact]
    public void Keys_items_and_discriminators_are_part_of_the_path()
    {
        Assert.Equal("longs.-5", Path(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, """{"longs":{"-5":1}}"""));
        Assert.Equal("longs", Path(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, """{"longs":{"x":"y"}}"""));
        Assert.Equal("[1]", Path(System_ValueTuple_2Of_Int32_1And_String_1NullFormatter.Instance, "[1,2]"));
        Assert.Equal("members[0].$type", Path(TypedSocketRedis_Tests_Execution_FigureFormatter.Instance, """{"$type":"group","members":[{"$type":"cube"}]}"""));
        Assert.Equal("$type", Path(TypedSocketRedis_Tests_Execution_FigureFormatter.Instance, """{"name":"x"}"""));
    }

    [Fact]
    public void A_dispatcher_adds_the_event_and_the_argument()
    {
        var e = Assert.Throws<EventDataException>(Dispatch);
        Assert.Equal("Event 'placed', order.total: expected an integer from -2147483648 to 2147483647, found null.".Replace("null", "true"), e.Message);
    }

    private static void Dispatch()
    {
        try
        {
            Wire.ReadJson(TypedSocketRedis_Tests_Execution_Page_1Of_TypedSocketRedis_Tests_Execution_PriceFormatter.Instance, """{"total":true}""");
        }
        catch (EventDataException e) when (DataPath.Argument(e, "placed", "order"))
        {
            throw;
        }
    }

    private static string Path<T>(MessagePack.Formatters.IMessagePackFormatter<T> formatter, string json) =>
        Assert.Throws<EventDataException>(() => Wire.ReadJson(formatter, json)).Path;
}
