using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using CsCheck;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using TypedSocketRedis.Generated;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>Every kind of payload: roundtrips, corrupt input, writing without allocations, and <c>MessagePackSerializer</c>.</summary>
public sealed class KindRoundtripTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char[' ', '\u07ff'], 0, 20];

    private static readonly Gen<MaybeScalars> Scalars =
        from small in Gen.Select(Gen.Short, Gen.ULong, Gen.ULong, Gen.Long, Text)
        from times in Gen.Select(Gen.Int[0, 3_000_000], Gen.Long[0, TimeSpan.TicksPerDay - 1], Gen.Long[0, 253_402_300_799_999],
            Gen.Int[0, 0xD7FF])
        from more in Gen.Select(Gen.Double, Gen.Decimal, Gen.Guid, Gen.Byte, Gen.Char[' ', '\ud7ff'])
        from hasValues in Gen.Bool
        let date = DateTime.UnixEpoch.AddMilliseconds(times.Item3)
        select hasValues
            ? new MaybeScalars(
                (Half)small.Item1, new Int128(small.Item2, small.Item3), new UInt128(small.Item2, small.Item3),
                    BigInteger.Pow(small.Item4, 3),
                new Uri("http://a/" + Uri.EscapeDataString(small.Item5)), new Version(more.Item4, 2), DateOnly.FromDayNumber(times.Item1),
                    new TimeOnly(times.Item2),
                new Rune(times.Item4), true, more.Item4, small.Item4, more.Item1, more.Item2, more.Item5, more.Item3, date,
                    new DateTimeOffset(date),
                TimeSpan.FromMilliseconds(small.Item1), (Suit)more.Item4, (Permissions)more.Item4)
            : new MaybeScalars(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null);

    private static readonly Gen<Collections> Sequences =
        from i in Gen.Int.Array[0, 8]
        from maybe in Gen.Int.Nullable().Array[0, 8]
        from texts in Text.Array[0, 8]
        select new Collections(
            [.. i], [.. texts], i.Take(1).ToFrozenSet(), [.. i], [], i, i, i, i, maybe, i.ToHashSet(), i.ToHashSet(), [i, []],
                i.Length > 4 ? null : [.. i]);

    private static readonly Gen<Dictionaries> Maps =
        from texts in Gen.Dictionary(Text, Gen.Int)[0, 5]
        from longs in Gen.Dictionary(Gen.Long, Text)[0, 5]
        from ids in Gen.Dictionary(Gen.Guid, Gen.Int)[0, 5]
        from chars in Gen.Dictionary(Gen.Char[' ', '\ud7ff'], Gen.Int)[0, 5]
        from bytes in Gen.Dictionary(Gen.Byte, Gen.Int)[0, 5]
        from decimals in Gen.Dictionary(Gen.Decimal, Gen.Int)[0, 5]
        select new Dictionaries(
            ids, texts, longs, texts.ToImmutableDictionary(), new(bytes.ToDictionary(b => (int)b.Key, b => $"{b.Value}")),
                texts.Take(1).ToFrozenDictionary(),
            bytes.ToDictionary(b => (Level)b.Key, b => b.Value), bytes.ToDictionary(b => (Suit)b.Key, b => b.Value), chars,
            bytes.ToDictionary(b => DateOnly.FromDayNumber(b.Key), b => b.Value), decimals);

    private static readonly Gen<Figure> Figures = Gen.Recursive<Figure>((depth, inner) => depth > 3
        ? Text.Select(t => (Figure)new Circle(t, 1))
        : Gen.OneOf(
            Gen.Select(Text, Gen.Double.Where(double.IsFinite), (t, d) => (Figure)new Circle(t, d)),
            Gen.Select(Text, Gen.Int, (t, n) => (Figure)new Numbered(t, n)),
            Gen.Select(Text, inner.List[0, 3], (t, f) => (Figure)new Group(t, f))));

    private static readonly (Func<byte[]> Sample, Action<ReadOnlyMemory<byte>> Read)[] Readers =
    [
        Reader(TypedSocketRedis_Tests_Execution_ScalarsFormatter.Instance, Samples.Scalars),
        Reader(TypedSocketRedis_Tests_Execution_CollectionsFormatter.Instance, Samples.Collections),
        Reader(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, Samples.Dictionaries),
        Reader(TypedSocketRedis_Tests_Execution_DynamicFormatter.Instance, Samples.Dynamic),
        Reader(TypedSocketRedis_Tests_Execution_FigureFormatter.Instance, new Group("g", [new Circle("c", 1.5), new Numbered("n", 3)])),
        Reader(TypedSocketRedis_Tests_Execution_VehicleFormatter.Instance, new Car { Plate = "p" }),
        Reader(TypedSocketRedis_Tests_Execution_DefaultsFormatter.Instance, new Defaults { Note = "n" }),
        Reader(TypedSocketRedis_Tests_Execution_StrictFormatter.Instance,
            new Strict("s") { Count = 1, Price = new("p", 1, DateTime.UnixEpoch) }),
        Reader(TypedSocketRedis_Tests_Execution_CardFormatter.Instance, new Card { Maybe = Color.Green }),
        Reader(TypedSocketRedis_Tests_Execution_PermissionsFormatter.Instance, (Permissions)3),
        Reader(TypedSocketRedis_Tests_Execution_NamedFormatter.Instance, new Named()),
        Reader(TypedSocketRedis_Tests_Execution_PartFormatter.Instance, new Part(1, "x")),
        Reader(System_Tuple_2Of_Int32_1And_StringFormatter.Instance, Tuple.Create(1, "x")),
    ];

    [Fact]
    public void Scalars_roundtrip() => Scalars.Sample(value =>
        Assert.Equal(value,
            Wire.Read(TypedSocketRedis_Tests_Execution_MaybeScalarsFormatter.Instance,
                Wire.Write(TypedSocketRedis_Tests_Execution_MaybeScalarsFormatter.Instance, value))));

    [Fact]
    public void Collections_roundtrip() =>
        Sequences.Sample(value => AssertRoundtrip(TypedSocketRedis_Tests_Execution_CollectionsFormatter.Instance, value));

    [Fact]
    public void Dictionaries_roundtrip() =>
        Maps.Sample(value => AssertRoundtrip(TypedSocketRedis_Tests_Execution_DictionariesFormatter.Instance, value));

    [Fact]
    public void Derived_types_roundtrip() =>
        Figures.Sample(value => AssertRoundtrip(TypedSocketRedis_Tests_Execution_FigureFormatter.Instance, value));

    [Fact]
    public void Corrupt_input_throws_only_the_documented_exceptions() =>
        Gen.Select(Gen.Int[0, Readers.Length - 1], Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 2])
        .Sample((which, at, with, how) =>
        {
            var bytes = Readers[which].Sample();
            at %= bytes.Length;
            if (how != 1) bytes[at] = with;
            Tolerant(() => Readers[which].Read(how == 0 ? bytes : bytes.AsMemory(0, at)));
        }, iter: 50_000);

    [Theory]
    [InlineData("DDFFFFFFFF")]
    [InlineData("DD7FFFFFFF")]
    [InlineData("DFFFFFFFFF")]
    [InlineData("DF7FFFFFFF")]
    [InlineData("DBFFFFFFFF")]
    [InlineData("C6FFFFFFFF")]
    [InlineData("C9FFFFFFFF01")]
    [InlineData("DBFFFFFFFFA0")]
    public void A_declared_length_allocates_no_memory(string hex)
    {
        var hostile = Convert.FromHexString(hex);
        foreach (var (_, read) in Readers) Tolerant(() => read(hostile));
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var (_, read) in Readers) Tolerant(() => read(hostile));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        Write(TypedSocketRedis_Tests_Execution_ScalarsFormatter.Write, Samples.Scalars with { Big = 5 });
        Write(TypedSocketRedis_Tests_Execution_MaybeScalarsFormatter.Write, Full);
        Write(TypedSocketRedis_Tests_Execution_Sized_1Of_StringFormatter.Write, new Sized<string>("a", ["b"], 1));
        Write(TypedSocketRedis_Tests_Execution_FigureFormatter.Write, new Group("g", [new Circle("c", 1.5), new Numbered("n", 3)]));
        Write(TypedSocketRedis_Tests_Execution_CardFormatter.Write, new Card { Maybe = Color.Green });
        Write(TypedSocketRedis_Tests_Execution_PermissionsFormatter.Write, (Permissions)3);
        Write(TypedSocketRedis_Tests_Execution_ConditionsFormatter.Write, new Conditions { Always = "a", NotDefault = 1 });
        Write(System_ValueTuple_2Of_Int32_1And_String_1NullFormatter.Write, (1, "x"));
        Write(Dictionary_2Of_System_Guid_1And_Int32Formatter.Write, new Dictionary<Guid, int> { [Guid.Empty] = 1 });
        Write(Dictionary_2Of_TypedSocketRedis_Tests_Execution_Suit_1And_Int32Formatter.Write, new Dictionary<Suit,
            int> { [Suit.Spades] = 1 });
        Write(Dictionary_2Of_Decimal_1And_Int32Formatter.Write, new Dictionary<decimal, int> { [1.5m] = 1 });
        Write(HashSet_1Of_System_GuidFormatter.Write, new HashSet<Guid> { Guid.Empty });
        Write(System_Collections_Immutable_ImmutableArray_1Of_Int32Formatter.Write, ImmutableArray.Create(1, 2));
    }

    [Fact]
    public void The_resolver_provides_the_formatters_to_the_serializer()
    {
        var options = MessagePackSerializerOptions.Standard.WithResolver(
            CompositeResolver.Create(global::GeneratorTests.SocketEventsResolver.Instance, BuiltinResolver.Instance));
        var circle = MessagePackSerializer.Serialize<Figure>(new Circle("c", 1.5), options, TestContext.Current.CancellationToken);
        Assert.Equal("""{"$type":"circle","name":"c","radius":1.5}""",
            MessagePackSerializer.ConvertToJson(circle, options, TestContext.Current.CancellationToken));
        Assert.Equal(new Circle("c", 1.5),
            MessagePackSerializer.Deserialize<Figure>(circle, options, TestContext.Current.CancellationToken));
        Assert.Equal(1,
            MessagePackSerializer.Deserialize<Part?>(
                MessagePackSerializer.Serialize<Part?>(new Part(1, null), options, TestContext.Current.CancellationToken), options,
                    TestContext.Current.CancellationToken)!.Value.Id);
        Assert.Null(MessagePackSerializer.Deserialize<Part?>(new byte[] { 0xC0 }, options, TestContext.Current.CancellationToken));
        Assert.Null(global::GeneratorTests.SocketEventsResolver.Instance.GetFormatter<KindRoundtripTests>());
    }

    [Fact]
    public void Every_kind_can_be_an_argument_of_an_event()
    {
        List<string> sent = [];
        var target = new ByteTarget<IKindEvents>(data => sent.Add(MessagePackSerializer.ConvertToJson(data)));
        target.Scalars(Samples.Scalars, null);
        target.Tuples((1, null), Tuple.Create(2, "b"), (1, 2, 3, 4, 5, 6, 7, 8, "9"), new("k", 1));
        target.Numbers([Suit.Spades], Level.High, Color.Red);
        target.Custom(new Money(1, "EUR"), new Invoice(new Money(2, "EUR"), 16, null));
        target.Dynamics(Samples.Dynamic);
        Assert.Equal(
            ["""["tuples",[1,null],[2,"b"],[1,2,3,4,5,6,7,8,"9"],{"key":"k","value":1}]""", """["numbers",["pik"],200,0]""",
                """["custom","1 EUR",{"sum":"2 EUR","number":"10"}]"""],
            sent.Skip(1).Take(3));
    }

    private static MaybeScalars Full { get; } = new(
        (Half)1, 1, 1, 1, new Uri("a", UriKind.Relative), new Version(1, 2), default(DateOnly), default(TimeOnly), new Rune('a'), true, 1,
            1, 1, 1, 'a',
        default(Guid), DateTime.UnixEpoch, DateTimeOffset.UnixEpoch, default(TimeSpan), Suit.Hearts, Permissions.Read);

    private delegate void Writer<T>(ref MessagePackWriter writer, T value, int depth);

    private static void Write<T>(Writer<T> write, T value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        for (var i = 0; i < 50; i++) Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++) Once();
        Assert.True(GC.GetAllocatedBytesForCurrentThread() == before,
            $"{typeof(T)}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes");

        void Once()
        {
            buffer.ResetWrittenCount();
            var writer = new MessagePackWriter(buffer);
            write(ref writer, value, 0);
            writer.Flush();
        }
    }

    private static void AssertRoundtrip<T>(IMessagePackFormatter<T> formatter, T value)
    {
        var bytes = Wire.Write(formatter, value);
        Assert.Equal(bytes, Wire.Write(formatter, Wire.Read(formatter, bytes)));
    }

    private static (Func<byte[]> Sample, Action<ReadOnlyMemory<byte>> Read) Reader<T>(IMessagePackFormatter<T> formatter, T value) =>
        (() => Wire.Write(formatter, value), bytes => Wire.Read(formatter, bytes));

    private static void Tolerant(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException)
        {
            // The documented exceptions of the readers; any other one fails the test.
        }
    }
}
