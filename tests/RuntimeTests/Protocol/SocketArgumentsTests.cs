using System.Reflection;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class SocketArgumentsTests
{
    private static SocketArguments Of(string json, params byte[][] attachments) =>
        SocketArguments.OfEvent(Wire.MessagePack(json, attachments));

    private static SocketArgument Value(string hex) => SocketArguments.OfArray(Wire.Hex("91" + hex))[0];

    [Fact]
    public void Arguments_are_read_by_position_and_type()
    {
        var arguments = Of(
            """["x",null,true,7,-1.5,"text",{"_placeholder":true,"num":0},"2024-02-29T12:34:56.789Z",[1,[2]],{"a":{"b":1}}]""", [1, 2]);

        Assert.Equal(9, arguments.Count);
        Assert.Equal(
            [ArgumentKind.Null, ArgumentKind.Boolean, ArgumentKind.Number, ArgumentKind.Number, ArgumentKind.Text, ArgumentKind.Bytes,
                ArgumentKind.Text, ArgumentKind.Array, ArgumentKind.Object],
            Enumerable.Range(0, 9).Select(i => arguments[i].Kind));
        Assert.True(arguments[1].GetBoolean());
        Assert.Equal((7L, 7.0, -1.5), (arguments[2].GetInt64(), arguments[2].GetDouble(), arguments[3].GetDouble()));
        Assert.Equal("text", arguments[4].GetString());
        Assert.Equal([1, 2], arguments[5].GetBytes().ToArray());
        Assert.Equal(new DateTime(2024, 2, 29, 12, 34, 56, 789, DateTimeKind.Utc), arguments[6].GetDateTime());
        Assert.Equal(DateTimeKind.Utc, arguments[6].GetDateTime().Kind);
        Assert.Equal("[1,[2]]", arguments[7].ToJson());
        Assert.Equal("""{"a":{"b":1}}""", arguments[8].ToJson());
        Assert.Equal([0x07], arguments[2].Raw.ToArray());
    }

    [Fact]
    public void Properties_are_read_by_name()
    {
        var argument = Of("""["x",0,{"token":"t","ä":{"id":7,"":[1]},"n":null,"bytes":{"_placeholder":true,"num":0},"token":"last"}]""",
            [1, 2])[1];

        Assert.Equal("last", argument["token"].GetString());
        Assert.Equal(7, argument["ä"]["id"].GetInt64());
        Assert.Equal("[1]", argument["ä"][""].ToJson());
        Assert.Equal([1, 2], argument["bytes"].GetBytes().ToArray());
        Assert.Equal([ArgumentKind.Null, ArgumentKind.Null, ArgumentKind.Null],
            new[] { argument["n"], argument["none"], argument["tok"] }.Select(a => a.Kind));
        Assert.Equal("Argument 1, ä.id: expected text, found the number 7.",
            Assert.Throws<FormatException>(() => argument["ä"]["id"].GetString()).Message);
        Assert.Equal("Argument 1, none: expected text, found null.",
            Assert.Throws<FormatException>(() => argument["none"].GetString()).Message);
        Assert.Equal("Argument 1, token: expected an object, found text.",
            Assert.Throws<FormatException>(() => argument["token"]["length"]).Message);
        Assert.Equal("Argument 0: expected an object, found null.", Assert.Throws<FormatException>(() => SocketArgument.Null["a"]).Message);
        Assert.Throws<ArgumentNullException>(() => argument[null!]);
    }

    [Theory]
    [InlineData("82a16101")]
    [InlineData("dfffffffffa161")]
    [InlineData("81a161c1")]
    public void A_property_of_malformed_data_is_rejected(string hex) =>
        Assert.StartsWith("Argument 0", Assert.Throws<FormatException>(() => SocketArguments.OfArray(Wire.Hex("91" + hex))[0]["a"]).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Keys_that_are_not_text_are_skipped() => Assert.Equal(2, Value("8392a1610101a16101a16102")["a"].GetInt64());

    [Fact]
    public void Json_of_bytes_has_all_bytes() => Assert.Equal("""{"type":"Buffer","data":[1,255]}""", Value("c40201ff").ToJson());

    [Theory]
    [InlineData("d6ff65e079f0", "2024-02-29T12:34:56.0000000Z")]
    [InlineData("d7ffbc1cbd0065e079f0", "2024-02-29T12:34:56.7890000Z")]
    [InlineData("c70cff00000000fffffff1886e0900", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("c70cff3b8b87c00000003afff4417f", "9999-12-31T23:59:59.9990000Z")]
    [InlineData("d700ffffffffffffffff", "1969-12-31T23:59:59.9990000Z")]
    [InlineData("b9323032342d30322d32395431343a33343a35362b30323a3030", "2024-02-29T12:34:56.0000000Z")]
    [InlineData("b1323032342d30322d32395431323a33345a", "2024-02-29T12:34:00.0000000Z")]
    public void Dates_are_read_in_both_forms(string hex, string expected) =>
        Assert.Equal(expected, Value(hex).GetDateTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("c70cff00000000fffffff1886e08ff", "a date")]
    [InlineData("c70cff00000000000007dba8218000", "a date")]
    [InlineData("c70cff000000007fffffffffffffff", "an invalid date")]
    [InlineData("05", "the number 5")]
    public void A_date_outside_the_range_of_dotnet_is_rejected(string hex, string found) => Assert.Equal(
        $"Argument 0: expected a date of the years 1 to 9999, as a date or in ISO 8601, found {found}.",
        Assert.Throws<FormatException>(() => Value(hex).GetDateTime()).Message);

    [Theory]
    [InlineData("cb4008000000000000", 3)]
    [InlineData("cf7fffffffffffffff", long.MaxValue)]
    [InlineData("cbc3e0000000000000", long.MinValue)]
    public void Whole_numbers_are_integers_in_any_form(string hex, long expected) => Assert.Equal(expected, Value(hex).GetInt64());

    [Theory]
    [InlineData("cf8000000000000000", "the number 9223372036854776000")]
    [InlineData("cb43e0000000000000", "the number 9223372036854776000")]
    [InlineData("cb3ff8000000000000", "the number 1.5")]
    [InlineData("cb7ff8000000000000", "the number NaN")]
    [InlineData("a135", "text")]
    [InlineData("c0", "null")]
    [InlineData("d40000", "null")]
    [InlineData("c3", "a boolean")]
    [InlineData("c400", "bytes")]
    [InlineData("90", "an array")]
    [InlineData("80", "an object")]
    [InlineData("d405aa", "an array")]
    public void A_value_that_is_not_an_integer_is_rejected_with_its_kind(string hex, string found) => Assert.Equal(
        $"Argument 0: expected a 64-bit integer, found {found}.", Assert.Throws<FormatException>(() => Value(hex).GetInt64()).Message);

    [Fact]
    public void Other_types_are_rejected_with_their_kind()
    {
        var number = Of("""["x",1,2]""")[1];
        Assert.Equal("Argument 1: expected text, found the number 2.", Assert.Throws<FormatException>(number.GetString).Message);
        Assert.Equal("Argument 1: expected a boolean, found the number 2.",
            Assert.Throws<FormatException>(() => number.GetBoolean()).Message);
        Assert.Equal("Argument 1: expected bytes, found the number 2.", Assert.Throws<FormatException>(() => number.GetBytes()).Message);
        Assert.Equal("Argument 0: expected a number, found text.", Assert.Throws<FormatException>(() => Value("a135").GetDouble()).Message);
        Assert.Equal(18446744073709551615.0, Value("cfffffffffffffffff").GetDouble());
    }

    [Theory]
    [InlineData("05")]
    [InlineData("cfffffffffffffffff")]
    [InlineData("cb3ff8000000000000")]
    [InlineData("cb7ff8000000000000")]
    [InlineData("cb7fefffffffffffff")]
    [InlineData("a0")]
    [InlineData("a3312e35")]
    [InlineData("d92430366435333664322d313131312d343232322d383333332d343434343434343434343434")]
    [InlineData("b9323032342d30322d32395431343a33343a35362b30323a3030")]
    [InlineData("d7ffbc1cbd0065e079f0")]
    [InlineData("c70cff000000007fffffffffffffff")]
    [InlineData("c0")]
    [InlineData("c3")]
    [InlineData("c4020102")]
    [InlineData("90")]
    [InlineData("80")]
    public void Each_reader_has_a_form_that_does_not_throw(string hex)
    {
        var methods = typeof(SocketArgument).GetMethods();
        var argument = Value(hex);
        foreach (var read in methods.Where(m => m.Name.StartsWith("Get", StringComparison.Ordinal) && !m.IsGenericMethod
            && m.DeclaringType == typeof(SocketArgument) && m.Name is not ("GetValue" or "GetEnumerator")))
        {
            object?[] value = [null];
            var isRead = (bool)methods.Single(m => m.Name == $"Try{read.Name}").Invoke(argument, value)!;
            if (isRead) Assert.Equal(read.Invoke(argument, null), value[0]);
            else Assert.IsType<FormatException>(Assert.Throws<TargetInvocationException>(() => read.Invoke(argument, null)).InnerException);
        }
    }

    [Fact]
    public void A_missing_argument_is_reported_with_its_position()
    {
        var none = Assert.Throws<ArgumentOutOfRangeException>(() => Of("""["x",1]""")[1]);
        Assert.Contains("Argument 1 does not exist; there are 1.", none.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => default(SocketArguments)[0]);
        Assert.Equal((ArgumentKind.Null, "null"), (default(SocketArgument).Kind, default(SocketArgument).ToJson()));
    }

    [Fact]
    public void Malformed_arguments_are_rejected_on_access()
    {
        var arguments = SocketArguments.OfEvent(Wire.Hex("93a17801c1"));
        Assert.Equal(1, arguments[0].GetInt64());
        Assert.StartsWith("Argument 1:", Assert.Throws<FormatException>(() => arguments[1]).Message, StringComparison.Ordinal);
        Assert.Equal("event", Wire.ReasonOf(() => SocketArguments.OfEvent(Wire.Hex("90"))));
        Assert.Equal("ack", Wire.ReasonOf(() => SocketArguments.OfArray(Wire.Hex("c0"))));
    }

    [Fact]
    public void Arguments_are_read_as_values_of_their_type()
    {
        var values = Of("""["x",null,true,7,-1.5,"text",{"_placeholder":true,"num":0},[1,[2]],{"a":{"b":null}}]""", [1, 2]).GetValues();

        Assert.Equal([null, true, 7L, -1.5, "text"], values.Take(5));
        Assert.Equal([1, 2], Assert.IsType<byte[]>(values[5]));
        Assert.Equal([1L, new List<object?> { 2L }], Assert.IsType<List<object?>>(values[6]));
        Assert.Equal(new Dictionary<string, object?> { ["b"] = null }, Assert.IsType<Dictionary<string, object?>>(values[7])["a"]);
        Assert.Equal(8, values.Count);
    }

    [Theory]
    [InlineData("c0")]
    [InlineData("d40000")]
    public void Null_and_undefined_are_read_as_null(string hex) => Assert.Null(Value(hex).GetValue());

    [Fact]
    public void Numbers_dates_and_bytes_of_JavaScript_are_read_as_dotnet_values()
    {
        Assert.Equal(ulong.MaxValue, Value("cfffffffffffffffff").GetValue());
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1), Value("d7ff003d090000000000").GetValue());
        Assert.Equal([1, 2], Assert.IsType<byte[]>(Value("c702000102").GetValue()));
    }

    [Fact]
    public void Arguments_can_be_sliced()
    {
        var arguments = Of("""["x","a",[1],2]""");

        Assert.Equal([new List<object?> { 1L }, 2L], arguments[1..].GetValues());
        Assert.Equal(["a"], arguments[..1].GetValues());
        Assert.Equal(2, arguments[1..].Slice(1, 1)[0].GetInt64());
        Assert.Equal(0, arguments[3..].Count);
        Assert.Equal(0, default(SocketArguments)[..].Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => arguments.Slice(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => arguments.Slice(-1, 1));
        Assert.Throws<FormatException>(() => SocketArguments.OfEvent(Wire.Hex("93a17801c1")).Slice(0, 2));
    }
}
