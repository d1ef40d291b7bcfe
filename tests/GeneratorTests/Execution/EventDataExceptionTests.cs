using TypedSocketRedis.Generated;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>The exception for data of a peer that does not have the form of the contract.</summary>
public sealed class EventDataExceptionTests
{
    [Theory]
    [InlineData("""{"items":[{"symbol":"a","value":1},{"symbol":"b","value":"x"}],"total":2}""", "items[1].value", "a number",
        "the text \"x\"")]
    [InlineData("""{"items":[],"total":2.5}""", "total", "an integer from -2147483648 to 2147483647", "the number 2.5")]
    [InlineData("""{"items":{},"total":2}""", "items", "an array", "an object")]
    [InlineData("[]", "", "an object", "an array")]
    public void The_exception_names_the_path_the_expected_and_the_found_value(string json, string path, string expected, string found)
    {
        var e = Assert.Throws<EventDataException>(
            () => Wire.ReadJson(TypedSocketRedis_Tests_Execution_Page_1Of_TypedSocketRedis_Tests_Execution_PriceFormatter.Instance, json));
        Assert.Equal(("", path, expected, found), (e.Event, e.Path, e.Expected, e.Found));
        Assert.Equal($"{(path.Length > 0 ? path + ": " : "")}expected {expected}, found {found}.", e.Message);
    }

    [Theory]
    [InlineData("{}", "symbol")]
    [InlineData("""{"symbol":"a"}""", "count")]
    [InlineData("""{"symbol":"a","count":1}""", "price")]
    [InlineData("""{"symbol":"a","count":null,"price":null}""", "count")]
    public void A_missing_required_property_is_named(string json, string path)
    {
        var e = Assert.Throws<EventDataException>(() => Wire.ReadJson(TypedSocketRedis_Tests_Execution_StrictFormatter.Instance, json));
        Assert.Equal((path, "nothing"), (e.Path, e.Found));
    }

    [Fact]
    public void Keys_items_and_discriminators_are_part_of_the_path()
    {
        Assert.Equal("levels.200",
            Path(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, """{"levels":{"0":1,"200":"x"}}"""));
        Assert.Equal("suits.pik", Path(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, """{"suits":{"pik":"x"}}"""));
        Assert.Equal("days.2024-02-29",
            Path(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, """{"days":{"2024-02-29":"x"}}"""));
        Assert.Equal("decimals.1.50",
            Path(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, """{"decimals":{"1":0,"1.50":"x"}}"""));
        Assert.Equal("longs.-5", Path(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, """{"longs":{"-5":1}}"""));
        Assert.Equal("longs", Path(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, """{"longs":{"x":"y"}}"""));
        Assert.Equal("[1]", Path(System_ValueTuple_2Of_Int32_1And_String_1NullFormatter.Instance, "[1,2]"));
        Assert.Equal("members[0].$type",
            Path(TypedSocketRedis_Tests_Execution_FigureFormatter.Instance, """{"$type":"group","members":[{"$type":"cube"}]}"""));
        Assert.Equal("$type", Path(TypedSocketRedis_Tests_Execution_FigureFormatter.Instance, """{"name":"x"}"""));
    }

    [Theory]
    [InlineData("""[{"size":1},{"size":-1}]""", "[1]", typeof(ArgumentOutOfRangeException))]
    [InlineData("""[{"size":1,"name":"long"}]""", "[0].name", typeof(InvalidOperationException))]
    public void An_exception_of_a_constructor_or_setter_has_a_path_and_keeps_its_message_secret(string json, string path, Type inner)
    {
        var e = Assert.Throws<EventDataException>(
            () => Wire.ReadJson(List_1Of_TypedSocketRedis_Tests_Execution_PickyFormatter.Instance, json));
        Assert.Equal((path, "a value that the application accepts", "one that it refused"), (e.Path, e.Expected, e.Found));
        Assert.IsType(inner, e.InnerException);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_of_a_custom_formatter_has_a_path()
    {
        var e = Assert.Throws<EventDataException>(
            () => Wire.ReadJson(TypedSocketRedis_Tests_Execution_InvoiceFormatter.Instance, """{"sum":"many EUR"}"""));
        Assert.Equal("sum", e.Path);
        Assert.IsType<FormatException>(e.InnerException);
        Assert.Equal("number", Path(TypedSocketRedis_Tests_Execution_InvoiceFormatter.Instance, """{"number":"no hex"}"""));
    }

    [Fact]
    public void Truncated_input_is_reported_with_its_path()
    {
        var whole = Wire.Write(TypedSocketRedis_Tests_Execution_InvoiceFormatter.Instance, new Invoice(new Money(1, "EUR"), 16, null));
        var e = Assert.Throws<EventDataException>(
            () => Wire.Read(TypedSocketRedis_Tests_Execution_InvoiceFormatter.Instance, whole.AsMemory(0, whole.Length - 1)));
        Assert.Equal(("number", "more data"), (e.Path, e.Expected));
    }

    [Fact]
    public void An_enum_lists_its_names_and_a_large_one_only_the_first_of_them()
    {
        var e = Assert.Throws<EventDataException>(
            () => Wire.ReadJson(TypedSocketRedis_Tests_Execution_SuitFormatter.Instance, "\"clubs\""));
        Assert.Equal("expected one of Hearts, pik, karo, or its number, found the text \"clubs\".", e.Message);
        e = Assert.Throws<EventDataException>(
            () => Wire.ReadJson(TypedSocketRedis_Tests_Execution_CardFormatter.Instance, """{"number":"x"}"""));
        Assert.Equal("one of Red, Green, or its number", e.Expected);
        e = Assert.Throws<EventDataException>(() => Read<ConsoleKey, int>("no key"));
        Assert.InRange(e.Expected.Length, 100, 240);
        Assert.EndsWith(", …, or its number", e.Expected, StringComparison.Ordinal);
    }

    private static TEnum Read<TEnum, TNumber>(string text)
        where TEnum : struct, Enum
        where TNumber : struct, System.Numerics.IBinaryInteger<TNumber>, System.Numerics.IMinMaxValue<TNumber>
    {
        var reader = new MessagePack.MessagePackReader(
            MessagePack.MessagePackSerializer.ConvertFromJson($"\"{text}\"", cancellationToken: TestContext.Current.CancellationToken));
        return CompilerServices.EnumReader.Read<TEnum, TNumber>(ref reader);
    }

    private static string Path<T>(MessagePack.Formatters.IMessagePackFormatter<T> formatter, string json) =>
        Assert.Throws<EventDataException>(() => Wire.ReadJson(formatter, json)).Path;
}
