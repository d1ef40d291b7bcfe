using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Contracts with many problems at once, each of which is reported once and where it is.</summary>
public sealed class AllProblemsTests
{
    [Fact]
    public void All_problems_of_a_contract_are_reported_at_once() => AssertProblems("""
        [SocketEvents("/a,b")]
        public interface IBroken<T> : IDisposable
        {
            int Count { get; }
            int Sum(ref Action first, PriorityQueue<int, int> second, T third);
            ref Task<Stream> Load(int[,] cells, dynamic value, CancellationToken early, Span<int> span);
            [SocketEvent("sum")] void Sum();
            [SocketEvent("connect")] void To();
            [SocketEvent("")] protected void Any<TValue>(TValue value) { }
            void Ordered(Order order);
            Task<Dictionary<Id, Order[]>> Orders(Shape shape, (Level, Level?) levels);
            void More(Loop<int> loop, Page<Action> actions, Page<Func<int>> functions);
        }
        public readonly record struct Id(int Value);
        public record Stream;
        public record Page<T>(T Value) { [JsonNumberHandling(JsonNumberHandling.Strict)] public int Number { get; init; } }
        public record Loop<T>(Loop<List<T>>? Next, Action First) { public Loop<T[]>? Other { get; init; } }

        [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip), Obsolete("no", true)]
        public class Order
        {
            public Order(ref int id) => Id = id;
            public int Id { get; }
            [Obsolete("no", true)] public Line? First { get; set; }
            [JsonPropertyName("id")] public Line? Second { get; set; }
            [JsonInclude] private Action? Hidden { get; set; }
            [JsonIgnore] public required int Ignored { get; set; }
            [JsonConverter(typeof(JsonStringEnumConverter))] public int Number { get; set; }
            [JsonConverter(typeof(JsonStringEnumConverter<Level>))] public DayOfWeek Day { get; set; }
            [MessagePack.MessagePackFormatter(typeof(string), 1)] public int Custom { get; set; }
            public Unlisted? Unlisted { get; set; }
            public Numbers? Numbers { get; set; }
            public (Action, Type, Action) Pair { get; set; }
            public Missing? Unknown { get; set; }
        }
        public class Line { [JsonInclude] public int Id { get; private set; } private Line(int id) => Id = id; public Line? Next { get; set; } }
        public abstract class Unlisted { public Action? Never { get; set; } }
        public class Numbers : System.Collections.IEnumerable { public System.Collections.IEnumerator GetEnumerator() => new int[0].GetEnumerator(); }

        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType)]
        [JsonDerivedType(typeof(Circle), "a"), JsonDerivedType(typeof(Square), "a"), JsonDerivedType(typeof(Circle), "b")]
        [JsonDerivedType(typeof(Id), "c"), JsonDerivedType(typeof(Middle), "d"), JsonDerivedType(typeof(Open<>), "e")]
        [JsonDerivedType(typeof(Closed), "f")]
        public abstract class Shape { private protected class Closed : Shape; }
        public class Circle : Shape { public int Kind { get; set; } public Action? Action { get; set; } }
        public class Square : Shape;
        public abstract class Middle : Shape;
        public class Open<T> : Shape;

        [JsonConverter(typeof(JsonStringEnumConverter))]
        public enum Level { A, [JsonStringEnumMemberName("A")] B, [JsonStringEnumMemberName("A")] C }
        """, """
        1 SocketEvents("/a,b"): TSR009 The namespace of contract 'IBroken' contains a comma, which ends the namespace on the wire. Remove the comma.
        2 IBroken: TSR001 Contract 'IBroken' has type parameters, but the payload types of its events must be known at compile time. Remove the type parameters, or define one contract for each payload type.
        2 IBroken: TSR018 'Dispose' is a member of the framework's interface 'IDisposable', so it is not an event. Do not inherit that interface.
        4 Count: TSR002 'Count' is not a method, so it cannot be an event. Replace it with a method, or move it to another type.
        5 int: TSR004 Event 'Sum' cannot return 'int'. Return void, Task, ValueTask, Task<T> or ValueTask<T>.
        5 Action: TSR005 'Sum(first)' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        5 first: TSR003 Parameter 'first' of event 'Sum' is passed by reference, but an event only carries values. Remove 'ref', 'in' or 'out'.
        5 PriorityQueue<int, int>: TSR027 'Sum(second)' cannot be sent because 'PriorityQueue<int, int>' is a framework type without a form on the wire. Send a record with the values that receivers need.
        6 ref Task<Stream>: TSR004 Event 'Load' cannot return 'ref Task<Stream>'. Return void, Task, ValueTask, Task<T> or ValueTask<T>.
        6 int[,]: TSR025 'Load(cells)' cannot be sent because the array 'int[,]' has several dimensions. Send an array of arrays.
        6 dynamic: TSR026 'Load(value)' cannot be sent because the type of a dynamic value is not known at compile time. Use object.
        6 CancellationToken: TSR027 'Load(early)' cannot be sent because 'CancellationToken' is a framework type without a form on the wire. Send a record with the values that receivers need.
        6 Span<int>: TSR027 'Load(span)' cannot be sent because 'Span<int>' is a framework type without a form on the wire. Send an array or a list.
        7 SocketEvent("sum"): TSR007 Event 'IBroken<T>.Sum' has the wire name 'sum', which 'IBroken<T>.Sum' already has. Rename one of them, or set its wire name with [SocketEvent].
        8 SocketEvent("connect"): TSR008 Event 'To' has the wire name 'connect', which Socket.IO reserves. Choose another name with [SocketEvent].
        8 To: TSR006 Event 'To' cannot be called on a target because the target has a member of that name. Rename the method, and keep its wire name with [SocketEvent].
        9 Any: TSR014 Event 'Any' has type parameters, but its payload types must be known at compile time. Define one event for each payload type.
        9 Any: TSR015 'Any' has a body or is static, so it cannot be an event. Remove the body and 'static', or move the method to another type.
        11 Dictionary<Id, Order[]>: TSR024 'Orders()' cannot be sent because a key of type 'Id' has no text form. Use string, char, bool, a number, Guid, a date, a time, TimeSpan, Uri, Version or an enum as the key.
        16 Value: TSR005 'Page<T>.Value' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        16 Value: TSR005 'Page<T>.Value' cannot be sent because 'Func<int>' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        16 Number: TSR036 'Page<T>.Number' has the attribute [JsonNumberHandling], which would change the wire form and is not supported. Remove the attribute, or exclude the property with [JsonIgnore].
        17 Next: TSR034 'Loop<T>.Next' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        17 First: TSR005 'Loop<T>.First' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        17 Other: TSR034 'Loop<T>.Other' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        20 Order: TSR032 Type 'Order', or a type that contains it, is [Obsolete] as an error, so generated code cannot use it. Send another type.
        20 Order: TSR036 'Order' has the attribute [JsonUnmappedMemberHandling], which would change the wire form and is not supported. Remove the attribute, or exclude the property with [JsonIgnore].
        20 Order: TSR038 The constructor of type 'Order' has the 'ref' or 'out' parameter 'id'. Pass it by value, or as 'in'.
        24 First: TSR044 'Order.First', or an accessor of it, is [Obsolete] as an error, so generated code cannot use it. Exclude it with [JsonIgnore].
        25 Second: TSR046 'Order.Second' has the wire name 'id', which another property of the type already has. Rename one of them, or set its wire name with [JsonPropertyName].
        26 Hidden: TSR005 'Order.Hidden' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        26 Hidden: TSR040 'Order.Hidden' has [JsonInclude], but is not accessible to generated code. Make it public or internal.
        27 Ignored: TSR045 'Order.Ignored' is required, so an attribute cannot exclude it. Remove 'required' or the attribute.
        28 Number: TSR051 'Order.Number' has the converter JsonStringEnumConverter, but is not an enum. Remove the converter.
        29 Day: TSR050 'Order.Day' has an enum converter for 'Level', which is not its type. Use JsonStringEnumConverter of its own type.
        30 Custom: TSR023 'Order.Custom' has the formatter 'String', which is not an IMessagePackFormatter<int>. Correct it, or choose another one.
        30 Custom: TSR063 'Order.Custom' has arguments for the formatter 'String', which are not supported. Use a formatter without arguments.
        32 Numbers: TSR030 'Order.Numbers' cannot be sent because 'Numbers' is a custom collection, whose elements would be lost. Use an array, a list, a set or a dictionary.
        33 Pair: TSR005 'Order.Pair' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        33 Pair: TSR027 'Order.Pair' cannot be sent because 'Type' is a framework type without a form on the wire. Send a name as string.
        36 Line: TSR037 Type 'Line' has neither a parameterless constructor nor one whose parameters all match properties, so generated code cannot create it. Add such a constructor.
        37 Unlisted: TSR029 'Unlisted' is an interface or an abstract class, so the properties that are sent are unknown. List its derived types with [JsonDerivedType], or send a record instead.
        44 Shape: TSR022 'Shape' lists two derived types with the discriminator 'a'. Give each of them its own discriminator.
        44 Shape: TSR053 'Shape' lists 'Id', which is not derived from it. Derive the type, or remove it from the list.
        44 Shape: TSR054 'Shape' lists 'Middle', which is abstract. List the classes that are derived from it instead.
        44 Shape: TSR055 'Shape' lists 'Open' without its type arguments. List it once for each type that is sent, with type arguments.
        44 Shape: TSR056 'Shape' lists 'Closed', which is not accessible to generated code. Make it and the types that contain it public or internal.
        44 Shape: TSR058 'Shape' lists 'Circle' twice. Remove one of the attributes.
        44 Shape: TSR061 'Shape' is abstract or an interface, so unlisted types cannot be written as that type. Remove FallBackToBaseType, or list all derived types.
        45 Circle: TSR059 'Circle' has a property with the wire name 'kind', which is the name of the discriminator. Rename the property, or set another name with TypeDiscriminatorPropertyName.
        45 Action: TSR005 'Circle.Action' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        51 B: TSR052 'Level.B' has the wire name 'A', which another member of the enum already has. Choose another name.
        51 C: TSR052 'Level.C' has the wire name 'A', which another member of the enum already has. Choose another name.
        """);

    [Fact]
    public void A_problem_of_a_type_that_many_events_use_is_reported_once() => AssertProblems("""
        public record Order(List<Line> Lines, Line First);
        public record Line(Action Handler, Page<int> One, Page<string> Other);
        public record Page<T>(T Value, Action Next) { [JsonInclude] private int Number { get; set; } }
        [SocketEvents] public interface IOne { void A(Order a, Line b); Task<Order> B(Line[] c); void C(Dictionary<string, Line> d); }
        [SocketEvents] public interface ITwo : IOne { void E(Line e); void F(Page<int> f); }
        [SocketPayload] public record Marked(Order Order);
        """, """
        2 Handler: TSR005 'Line.Handler' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        3 Next: TSR005 'Page<T>.Next' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        3 Number: TSR040 'Page<T>.Number' has [JsonInclude], but is not accessible to generated code. Make it public or internal.
        """);

    [Fact]
    public void A_problem_in_another_assembly_is_reported_at_each_use()
    {
        var library = GeneratorHarness.Compile(GeneratorHarness.File("""
            namespace Library;
            public record Order(List<Line> Lines, Line First);
            public record Line(Action Handler) { [JsonNumberHandling(JsonNumberHandling.Strict)] public int Number { get; init; } }
            public interface IBase { void Base(Action one, Func<int> two); }
            """, "Library.cs")).WithAssemblyName("Library");
        AssertProblems("""
            [SocketEvents] public interface IUse : Library.IBase { void A(Library.Order a, Library.Order b); void C(Mine c); }
            public record Mine(Library.Line Line);
            """, """
            1 IUse: TSR005 'Base(one)' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
            1 IUse: TSR005 'Base(two)' cannot be sent because 'Func<int>' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
            1 Library.Order: TSR005 'Line.Handler' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
            1 Library.Order: TSR036 'Line.Number' has the attribute [JsonNumberHandling], which would change the wire form and is not supported. Remove the attribute, or exclude the property with [JsonIgnore].
            1 Library.Order: TSR005 'Line.Handler' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
            1 Library.Order: TSR036 'Line.Number' has the attribute [JsonNumberHandling], which would change the wire form and is not supported. Remove the attribute, or exclude the property with [JsonIgnore].
            2 Line: TSR005 'Line.Handler' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
            2 Line: TSR036 'Line.Number' has the attribute [JsonNumberHandling], which would change the wire form and is not supported. Remove the attribute, or exclude the property with [JsonIgnore].
            """, library.ToMetadataReference());
    }

    // Each level has several larger ones, so the number of types doubles and more with each.
    [Fact]
    public void Types_that_grow_in_several_ways_are_reported_at_each_property() => AssertProblems("""
        public record Wide<T>(Wide<List<T>>? A, Wide<T[]>? B, Wide<(T, T)>[]? C, Dictionary<string, Deep<List<T>>>? D, Action E);
        public class Deep<T> { public Deep<T[]>? F { get; set; } public Wide<List<T>>? G { get; set; } public (Deep<List<T>>, int)? H { get; set; } }
        public record Holder(Wide<int> First, Wide<string> Second, Action Other);
        [SocketEvents] public interface IGrown { void A(Holder holder); void B(Deep<int> deep); }
        """, """
        1 A: TSR034 'Wide<T>.A' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        1 B: TSR034 'Wide<T>.B' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        1 C: TSR034 'Wide<T>.C' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        1 D: TSR034 'Wide<T>.D' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        1 E: TSR005 'Wide<T>.E' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        2 F: TSR034 'Deep<T>.F' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        2 G: TSR034 'Deep<T>.G' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        2 H: TSR034 'Deep<T>.H' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.
        3 Other: TSR005 'Holder.Other' cannot be sent because 'Action' is a delegate, a pointer, a ref struct or a static class. Send a record with the values that receivers need.
        """);

    private static void AssertProblems(string source, string expected, params MetadataReference[] references)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source)).AddReferences(references);
        var result = GeneratorHarness.Run(compilation);
        var text = SourceText.From(source);
        var lines = result.Diagnostics.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal).Select(d =>
            $"{d.Location.GetLineSpan().StartLinePosition.Line + 1} {text.ToString(d.Location.SourceSpan)}: {d.Id} {d.GetMessage(null)}");
        Assert.Equal(expected, string.Join("\n", lines));
        Assert.All(result.Diagnostics, d => Assert.Equal("Contract.cs", d.Location.GetLineSpan().Path));
        Assert.DoesNotContain(GeneratorHarness.Diagnose(compilation, result), d => d.Location.SourceTree?.FilePath != "Contract.cs");
    }
}
