using Xunit;

namespace TypedSocketRedis.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void An_event_without_result() => Snapshot.Verify("""
        namespace Demo;
        [SocketEvents("/clock")] public interface IClockEvents { void Time(DateTime now); }
        """);

    [Fact]
    public void The_version_of_generated_code() => Snapshot.Verify("""
        [SocketEvents] public interface IClockEvents { void Time(DateTime now); }
        """, ["Version"]);

    [Fact]
    public void An_awaitable_event_with_a_token() => Snapshot.Verify("""
        namespace Demo;
        [SocketEvents] public interface IChatEvents { Task Said(string text, CancellationToken cancellationToken = default); }
        """);

    [Fact]
    public void A_value_task_and_a_wire_name_of_its_own() => Snapshot.Verify("""
        [SocketEvents] internal interface IChatEvents { [SocketEvent("user joined")] ValueTask Joined(int? id); }
        """);

    [Fact]
    public void Parameters_named_like_the_generated_ones_and_keywords() => Snapshot.Verify("""
        namespace Demo;
        [SocketEvents] public interface IOddEvents { void Odd(int target, int data, bool @class, params string[] rest); }
        """);

    [Fact]
    public void A_positional_record() => Snapshot.Verify("""
        namespace Demo;
        public sealed record Price(string Symbol, double Value, DateTime? At = null);
        [SocketEvents] public interface IPriceEvents { void Changed(Price price); }
        """);

    [Fact]
    public void A_class_with_setters_and_required_members() => Snapshot.Verify("""
        namespace Demo;
        public sealed class User
        {
            public required Guid Id { get; init; }
            public string Name { get; set; } = "nobody";
            [JsonPropertyName("e-mail")] public string? Mail { get; set; }
            [JsonIgnore] public string Secret { get; set; } = "";
        }
        [SocketEvents] public interface IUserEvents { void Seen(User user); }
        """);

    [Fact]
    public void A_type_that_contains_itself() => Snapshot.Verify("""
        namespace Demo;
        public sealed record Node(int Id, Node[] Children);
        [SocketEvents] public interface ITreeEvents { void Grown(Node root); }
        """);

    [Fact]
    public void An_enum_and_a_dictionary() => Snapshot.Verify("""
        namespace Demo;
        public enum Level : byte { Low, High }
        [SocketEvents] public interface ILevelEvents { void Levels(Dictionary<string, Level?> levels); }
        """);

    [Fact]
    public void An_event_that_is_acknowledged() => Snapshot.Verify("""
        namespace Demo;
        [SocketEvents] public interface IClockEvents { [SocketEvent("who?")] Task<string> Who(int? id, CancellationToken cancellationToken = default); }
        """);

    [Fact]
    public void Server_events() => Snapshot.Verify("""
        namespace Demo;
        [ServerEvents] public interface IClusterEvents { Task Changed(string key); ValueTask<Zone?> Where(CancellationToken cancellationToken = default); }
        public sealed record Zone(string Name);
        """, ["Extensions", "Events", "Dispatcher"]);

    [Fact]
    public void Awaitable_events_without_a_declared_token() => Snapshot.Verify("""
        namespace Demo;
        [SocketEvents] public interface IChatEvents { Task Said(string text = "hi"); Task<int> Count(int cancellationToken); Task Many(params int[] numbers); }
        """);

    [Fact]
    public void Obsolete_and_experimental_events() => Snapshot.Verify("""
        namespace Demo;
        [SocketEvents] public interface IChatEvents
        {
            [Obsolete("gone")] void Said(string text);
            [System.Diagnostics.CodeAnalysis.Experimental("EXP1")] Task<int> Count();
        }
        """);

    [Fact]
    public void A_dispatcher() => Snapshot.Verify("""
        namespace Demo;
        [SocketCommands("/clock")] public interface IClockCommands { Task<int> Join(string room, CancellationToken cancellationToken); }
        """, ["Dispatcher"]);

    [Fact]
    public void A_dispatcher_of_optional_arguments() => Snapshot.Verify("""
        namespace Demo;
        [SocketCommands] public interface IClockCommands { Task Show(string? text, int times = 3, params string[] rest); }
        """, ["Dispatcher"]);

    [Fact]
    public void A_dispatcher_of_an_event_declared_twice() => Snapshot.Verify("""
        namespace Demo;
        public interface IOne { Task Stop(); }
        public interface ITwo { Task Stop(); }
        [SocketCommands] public interface IBoth : IOne, ITwo;
        """, ["Dispatcher"]);

    [Fact]
    public void Methods_of_an_event_declared_twice() => Snapshot.Verify("""
        namespace Demo;
        public interface IOne { Task Stop(); }
        public interface ITwo : IOne { new Task Stop(); }
        [SocketEvents] public interface IBoth : ITwo;
        """, ["Extensions", "Events"]);

    [Fact]
    public void Contracts_that_differ_by_case_only() => Snapshot.Verify("""
        namespace Demo;
        [SocketEvents("/a")] public interface IChat { void A(); }
        [SocketEvents("/b")] public interface Ichat { void B(); }
        """, ["Extensions", "Events"]);

    [Fact]
    public void Acks_of_one_and_of_many() => Snapshot.Verify("""
        namespace Demo;
        [SocketEvents] public interface IQuizEvents { ValueTask<string?> Ask(string question); }
        """, ["Extensions", "Events"]);

    [Fact]
    public void Default_values() => Snapshot.Verify("""
        namespace Demo;
        public enum Level { Low, High }
        [ServerEvents] public interface IShowEvents { Task Show(int times = 3, string? text = "x", Level? level = Level.High, double ratio = double.NaN); }
        """, ["Extensions", "Events", "Dispatcher"]);

    [Fact]
    public void Inherited_events() => Snapshot.Verify("""
        namespace Demo;
        public interface IBase { void First(int a); }
        [SocketEvents] public interface IMore : IBase { void Second(int a); }
        """, ["Extensions", "Events"]);

    [Fact]
    public void A_contract_nested_in_a_type() => Snapshot.Verify("""
        namespace Demo;
        public static class Outer { [SocketEvents] internal interface IInnerEvents { void A(int a); } }
        """, ["Extensions", "Events"]);

    [Fact]
    public void Names_that_are_not_ASCII() => Snapshot.Verify("""
        namespace Größe;
        public sealed record Maß(double Höhe);
        [SocketEvents] public interface IÄnderungen { void Größer(Maß maß); }
        """);

    [Fact]
    public void A_resolver() => Snapshot.Verify("""
        namespace Demo;
        public sealed record Price(double Value);
        public readonly record struct Point(int X);
        [SocketEvents] public interface IPriceEvents { void Changed(Price price, Point at); }
        """, ["Resolver"]);

    [Fact]
    public void A_payload_that_no_contract_mentions() => Snapshot.Verify("""
        namespace Demo;
        public enum Level : byte { Low, High }
        [SocketPayload] public sealed record Profile(string Name, Level[] Levels);
        [SocketPayload] internal enum Mood { Good, Bad }
        """, ["Formatter", "Resolver"]);

    [Fact]
    public void A_broken_event_leaves_a_method_that_binds()
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File("""
            using Demo;
            namespace Demo
            {
                [SocketEvents] public interface IOddEvents { void Good(int a); void Bad(Action what); int Worse(); void Ref(ref int a); }
            }
            public static class Caller
            {
                public static void Call<T>(T target) where T : IBroadcast<IOddEvents>
                {
                    int a = target.Worse();
                    target.Good(a);
                    target.Bad(() => { });
                    OddEventsExtensions.Ref(target, ref a);
                }
            }
            """));
        var result = GeneratorHarness.Run(compilation);
        Assert.Equal(["TSR005", "TSR004", "TSR003"], result.Diagnostics.Select(d => d.Id));
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
    }
}
