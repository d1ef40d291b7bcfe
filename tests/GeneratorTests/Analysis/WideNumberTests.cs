using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class WideNumberTests
{
    [Theory]
    [InlineData("[SocketEvents] public interface IEvents { void A({|TSR100:long|} id, int fine); }")]
    [InlineData(
        "[SocketEvents] public interface IEvents { void A({|TSR100:ulong?|} id, {|TSR100:List<long>|} ids, {|TSR100:long[][]|} more, {|TSR100:Dictionary<string, long>|} map); }")]
    [InlineData(
        "[SocketEvents] public interface IEvents { void A(Order order); } public record Order({|TSR100:long|} Id, Line[] Lines); public class Line { public {|TSR100:ulong|} Product { get; set; } public {|TSR100:long?|} Field; }")]
    [InlineData(
        "[SocketEvents] public interface IEvents { void A(Order one); void B(Order two); } [SocketEvents] public interface IMore { void A(Order three); } public record Order({|TSR100:long|} Id);")]
    [InlineData(
        "[SocketEvents] public interface IEvents { void A({|TSR100:Page<long>|} page, Page<string> text); } public record Page<T>(T[] Items, Page<T>? Next);")]
    [InlineData(
        "[SocketEvents] public interface IEvents { void A({|TSR100:Wide|} wide, Narrow narrow); } public enum Wide : ulong { Top = 1UL << 60 } public enum Narrow : long { Top = 1L << 40 }")]
    [InlineData(
        "public interface IBase { void A({|TSR100:long|} id); } [SocketEvents] public interface IEvents : IBase; [SocketEvents] public interface IOther : IBase;")]
    [InlineData(
        "[SocketEvents] public interface IEvents { void A(Derived d); } public class Base { public {|TSR100:long|} Id { get; set; } } public class Derived : Base;")]
    [InlineData(
        "[SocketPayload] public record Profile(string Name, {|TSR100:long|} Id, List<Line> Lines); public record Line({|TSR100:ulong|} Id);")]
    public Task A_number_too_wide_for_JavaScript_is_reported_at_its_type(string source) =>
        AnalyzerHarness.VerifyAsync(source);

    [Theory]
    [InlineData(
        "[SocketEvents] public interface IEvents { void A(int a, uint b, double c, decimal d, string e, TimeSpan f, DateTime g, byte[] h); }")]
    [InlineData(
        "[SocketEvents] public interface IEvents { void A(Order order); } public record Order(int Id) { [JsonIgnore] public long Cached => 1; public static long Shared; internal long Hidden; }")]
    [InlineData("public interface IPlain { void A(long id); } public record Unsent(long Id);")]
    [InlineData("[SocketEvents] public interface IEvents { Task A(CancellationToken token); }")]
    public Task Other_types_and_members_are_not_reported(string source) => AnalyzerHarness.VerifyAsync(source);
}
