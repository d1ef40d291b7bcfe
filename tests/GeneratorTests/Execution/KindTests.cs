using System.Text.Json;
using MessagePack;
using TypedSocketRedis.Generated;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>The form of each kind of payload on the wire, and the values read from the data of JavaScript.</summary>
public sealed class KindTests
{
    private static readonly TypedSocketRedis_Tests_Execution_FigureFormatter Figures =
        TypedSocketRedis_Tests_Execution_FigureFormatter.Instance;

    [Fact]
    public void Less_common_numbers_and_texts_have_one_form_each() => Assert.Equal(
        """{"native":-1,"unsigned":2,"half":1.5,"huge":"-170141183460469231731687303715884105728","uHuge":"340282366920938463463374607431768211455","big":"12345678901234567890123456789012345678901234567890","uri":"https://a.example/b?c=d","version":"1.2.3","day":"2024-02-29","time":"12:34:56.7890000","rune":"🕐","memory":"AQ==","segment":"Ag==","bytes":"Aw=="}""",
        Json(TypedSocketRedis_Tests_Execution_ScalarsFormatter.Instance, Samples.Scalars));

    [Fact]
    public void A_class_keeps_the_defaults_of_init_properties_that_were_not_sent()
    {
        var formatter = TypedSocketRedis_Tests_Execution_DefaultsFormatter.Instance;
        var some = Wire.ReadJson(formatter, """{"note":null,"items":[1,2]}""")!;
        Assert.Equal(("nobody", 3, null), (some.Name, some.Count, some.Note));
        Assert.Equal([1, 2], some.Items);

        var none = Wire.ReadJson(formatter, """{"note":"n","name":null,"count":4.0}""")!;
        Assert.Equal(("nobody", 4, "n"), (none.Name, none.Count, none.Note));
        Assert.Equal([7], none.Items);
        Assert.Equal("""{"name":"x","items":[],"count":3,"note":null}""",
            Json(formatter, new Defaults { Name = "x", Items = [], Note = null }));
    }

    [Fact]
    public void Names_and_ignored_members_follow_the_attributes()
    {
        var formatter = TypedSocketRedis_Tests_Execution_NamedFormatter.Instance;
        Assert.Equal(
            """{"e-mail":"m","k":1,"data":2,"numbered":3,"inner":5}""",
            Json(formatter, new Named { Mail = "m", Keyed = 1, Data = 2, Numbered = 3, Ignored = 4, Inner = 5 }));
        Assert.Equal(5, Wire.ReadJson(formatter, """{"inner":5,"ignored":4}""")!.Inner);

        var conditions = TypedSocketRedis_Tests_Execution_ConditionsFormatter.Instance;
        Assert.Equal("""{"always":null,"writeOnly":5}""", Json(conditions, new Conditions { ReadOnly = 1 }));
        Assert.Equal("""{"always":"a","notNull":"b","notDefault":1,"writeOnly":5}""",
            Json(conditions, new Conditions { Always = "a", NotNull = "b", NotDefault = 1 }));
        var read = Wire.ReadJson(conditions, """{"readOnly":2,"writeOnly":3,"never":4}""")!;
        Assert.Equal((2, 5, 9), (read.ReadOnly, read.WriteOnly, read.Never));
    }

    [Fact]
    public void An_attribute_selects_the_constructor()
    {
        var sized = Wire.ReadJson(TypedSocketRedis_Tests_Execution_Sized_1Of_StringFormatter.Instance,
            """{"first":"a","all":["b","c"]}""")!;
        Assert.Equal(2, sized.Size);
        var part = Wire.ReadJson(TypedSocketRedis_Tests_Execution_PartFormatter.Instance, """{"id":1,"label":"x"}""");
        Assert.Equal((1, "x"), (part.Id, part.Label));
    }

    [Fact]
    public void An_override_has_the_accessors_it_inherits()
    {
        var formatter = TypedSocketRedis_Tests_Execution_NarrowFormatter.Instance;
        var read = Wire.ReadJson(formatter, """{"name":"a","count":1}""")!;
        Assert.Equal(("A", 2), (read.Name, read.Count));
        Assert.Equal("""{"name":"A","count":2}""", Json(formatter, read));
    }

    [Fact]
    public void Derived_types_have_a_discriminator_that_is_read_at_any_position()
    {
        var group = new Group("g", [new Circle("c", 1.5), new Numbered("n", 3)]);
        const string json =
            """{"$type":"group","name":"g","members":[{"$type":"circle","name":"c","radius":1.5},{"$type":7,"name":"n","number":3}]}""";
        Assert.Equal(json, Json(Figures, group));
        Assert.Equal(json, Json(Figures, Wire.ReadJson(Figures, json)));
        Assert.Equal(new Circle("c", 2), Wire.ReadJson(Figures, """{"name":"c","radius":2,"$type":"circle"}"""));

        var animals = TypedSocketRedis_Tests_Execution_IAnimalFormatter.Instance;
        Assert.Equal("""{"kind":"dog","name":"d","age":3}""", Json(animals, new Dog("d", 3)));
        var vehicles = TypedSocketRedis_Tests_Execution_VehicleFormatter.Instance;
        Assert.Equal("""{"$type":0,"wheels":4,"plate":"p"}""", Json(vehicles, new Car { Wheels = 4, Plate = "p" }));
        Assert.Equal("""{"wheels":8}""", Json(vehicles, new Tank { Wheels = 8, Guns = 1 }));
        Assert.Equal("p", Assert.IsType<Car>(Wire.ReadJson(vehicles, """{"wheels":4,"plate":"p","$type":"0"}""")).Plate);
        Assert.IsType<Vehicle>(Wire.ReadJson(vehicles, """{"wheels":4}"""));
    }

    [Fact]
    public void Enums_are_text_if_an_attribute_requires_it_and_are_read_in_both_forms()
    {
        var card = TypedSocketRedis_Tests_Execution_CardFormatter.Instance;
        Assert.Equal("""{"text":"Green","number":0}""", Json(card, new Card { Text = Color.Green }));
        Assert.Equal(Color.Green, Wire.ReadJson(card, """{"text":"green","maybe":0,"number":"Green"}""")!.Number);

        var suit = TypedSocketRedis_Tests_Execution_SuitFormatter.Instance;
        Assert.Equal(["\"Hearts\"", "\"pik\"", "\"karo\"", "9"],
            new[] { Suit.Hearts, Suit.Spades, Suit.Diamonds, (Suit)9 }.Select(s => Json(suit, s)));
        Assert.Equal([Suit.Spades, Suit.Spades, Suit.Hearts, Suit.Diamonds],
            new[] { "\"pik\"", "\"SPADES\"", "\"Cœur\"", "2.0" }.Select(s => Wire.ReadJson(suit, s)));

        var permissions = TypedSocketRedis_Tests_Execution_PermissionsFormatter.Instance;
        Assert.Equal(["\"Read\"", "\"Read, Write\"", "67"], new byte[] { 1, 3, 67 }.Select(p => Json(permissions, (Permissions)p)));
        Assert.Equal((Permissions)3, Wire.ReadJson(permissions, "\"Read, Write\""));
    }

    [Fact]
    public void Keys_are_text() => Assert.Equal(
        """{"ids":{"6f9619ff-8b86-d011-b42d-00c04fc964ff":1},"texts":{"a":1},"longs":{"-5":"x"},"immutable":{"i":1},"sorted":{"1":"a","2":"b"},"frozen":{"f":1},"levels":{"200":1},"suits":{"pik":1},"chars":{"ü":1},"days":{"2024-02-29":1},"decimals":{"1.50":1}}""",
        Json(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, Samples.Dictionaries));

    [Fact]
    public void Tuples_are_arrays_and_can_be_read_from_shorter_or_longer_ones()
    {
        var pair = System_ValueTuple_2Of_Int32_1And_String_1NullFormatter.Instance;
        Assert.Equal("""[1,"b"]""", Json(pair, (1, "b")));
        Assert.Equal((1, null), Wire.ReadJson(pair, "[1]"));
        Assert.Equal((1, "b"), Wire.ReadJson(pair, """[1,"b",{"c":[]}]"""));
        Assert.Equal("""{"key":"k","value":1}""",
            Json(KeyValuePair_2Of_String_1And_Int32Formatter.Instance, new KeyValuePair<string, int>("k", 1)));
    }

    [Fact]
    public void Json_and_objects_are_written_as_their_contents()
    {
        var formatter = TypedSocketRedis_Tests_Execution_DynamicFormatter.Instance;
        var json = Json(formatter, Samples.Dynamic);
        Assert.Equal(
            """{"element":{"a":[1,2.5,"x",null,true]},"node":[{"b":1}],"object":{"c":"d"},"array":[1],"document":"e","anything":{"f":[1,"g",null,"0.1",{"h":2}]},"argument":null}""",
            json);
        var read = Wire.ReadJson(formatter, json)!;
        Assert.Equal(2.5, read.Element.GetProperty("a")[1].GetDouble());
        Assert.Equal(1, (int)read.Node![0]!["b"]!);
        Assert.Equal(2L, ((Dictionary<string, object?>)((List<object?>)((Dictionary<string, object?>)read.Anything!)["f"]!)[4]!)["h"]);
        Assert.Equal(json, Json(formatter, read));
        Assert.Equal(JsonValueKind.Undefined, Wire.ReadJson(formatter, "{}")!.Element.ValueKind);

        var e = Assert.Throws<ArgumentException>(
            () => Json(formatter, Samples.Dynamic with { Anything = new object[] { new Version(1, 2), new System.Text.StringBuilder() } }));
        Assert.Contains("StringBuilder cannot be sent as object", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_formatter_is_used_for_its_type_and_for_its_property()
    {
        var formatter = TypedSocketRedis_Tests_Execution_InvoiceFormatter.Instance;
        Assert.Equal("""{"sum":"1.5 EUR","number":"ff"}""", Json(formatter, new Invoice(new Money(1.5m, "EUR"), 255, null)));
        Assert.Equal(new Invoice(new Money(2, "X"), 16, null), Wire.ReadJson(formatter, """{"sum":"2 X","number":"10","paid":null}"""));
    }

    [Fact]
    public void Null_roundtrips_as_null_if_the_default_is_another_value()
    {
        var fallback = TypedSocketRedis_Tests_Execution_FallbackFormatter.Instance;
        Assert.Equal("""{"number":null,"text":null}""", Json(fallback, new Fallback(null, null)));
        Assert.Equal(new Fallback(null, null), Wire.ReadJson(fallback, Json(fallback, new Fallback(null, null))));
        Assert.Equal(new Fallback(), Wire.ReadJson(fallback, "{}"));

        var initialized = TypedSocketRedis_Tests_Execution_InitializedFormatter.Instance;
        Assert.Equal("""{"number":null,"text":null}""", Json(initialized, new Initialized { Number = null, Text = null }));
        var read = Wire.ReadJson(initialized, """{"number":null,"text":null}""")!;
        Assert.Equal((null, null), (read.Number, read.Text));
        read = Wire.ReadJson(initialized, "{}")!;
        Assert.Equal((7, "x"), (read.Number, read.Text));
    }

    [Fact]
    public void A_payload_that_no_contract_mentions_has_a_formatter_in_the_resolver()
    {
        var profile = global::GeneratorTests.SocketEventsResolver.Instance.GetFormatter<Profile>()!;
        Assert.Equal("""{"name":"a","levels":[200]}""", Json(profile, new Profile("a", [Level.High])));
        Assert.Equal([Level.High], Wire.ReadJson(profile, """{"name":"a","levels":[200]}""").Levels);
        var weather = global::GeneratorTests.SocketEventsResolver.Instance.GetFormatter<Weather>()!;
        Assert.Equal(["-1", "1000"], new[] { Weather.Sun, Weather.Rain }.Select(w => Json(weather, w)));
        Assert.Equal(Weather.Rain, Wire.ReadJson(weather, "\"rain\""));
        Assert.Null(Wire.ReadJson(global::GeneratorTests.SocketEventsResolver.Instance.GetFormatter<Weather?>()!, "null"));
    }

    private static string Json<T>(MessagePack.Formatters.IMessagePackFormatter<T> formatter, T value) =>
        MessagePackSerializer.ConvertToJson(Wire.Write(formatter, value));
}
