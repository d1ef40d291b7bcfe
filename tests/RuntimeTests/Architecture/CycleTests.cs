using System.Text.RegularExpressions;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>No two types hold each other, but for the references back that ARCHITECTURE.md lists.</summary>
public partial class CycleTests
{
    private static readonly Lazy<HolderGraph> Graph = new(() => new HolderGraph(Compilations.All));

    private static (string Holder, string Held)[] Listed =>
        [.. Row().Matches(Section.Of("### References back")).SelectMany(row =>
            CodeSpan().Matches(row.Groups[2].Value).Select(held => (row.Groups[1].Value, held.Groups[1].Value)))];

    [Fact]
    public void No_types_hold_each_other_but_for_the_listed_references_back()
    {
        var cycles = Graph.Value.Cycles(Listed);
        Assert.True(cycles.Count == 0, string.Join("\n\n", cycles.Select(Graph.Value.Describe)));
    }

    [Fact]
    public void Every_listed_reference_back_closes_a_cycle()
    {
        var listed = Listed;
        Assert.NotEmpty(listed);
        Assert.All(listed, one => Assert.NotEmpty(Graph.Value.Cycles(listed.Where(other => other != one))));
    }

    [Theory]
    [InlineData("class A { private B _b; } class B { private A _a; }", "A, B")]
    [InlineData("class A(B b) { object _o = b; } class B { C[] _c; } class C { System.Collections.Generic.List<A> _a; }", "A, B, C")]
    [InlineData("class A { I _i; } interface I { } class B : I { A _a; }", "A, B")]
    [InlineData("class A { B _b; A() => _b = new B(Run); void Run() { } } class B(System.Action run) { }", "A, B")]
    [InlineData("class A { B _b; int _n; A() => _b = new B(() => _n++); } class B(System.Action run) { }", "A, B")]
    [InlineData("class A { B _b; void Start() => _b.Done += Run; void Run() { } } class B { public event System.Action Done; }", "A, B")]
    [InlineData("class A { B _b; A() { var self = this; _b = new B(() => self.ToString()); } } class B(System.Action run) { }", "A, B")]
    [InlineData("class A { B _b; A() => _b = B.Of(Run); void Run() { } } "
        + "class B(System.Action run) { public static B Of(System.Action r) => new(r); }", "A, B")]
    [InlineData("class A { B _b; void Run() { } void Start(I i) => i.Use(Run); } interface I { void Use(System.Action a); } "
        + "class B : I { System.Action _a; void I.Use(System.Action a) => _a = a; }", "A, B")]
    [InlineData("class A { B _b; A() { System.Action run = Run; _b = new B(run); } void Run() { } } "
        + "class B(System.Action run) { }", "A, B")]
    [InlineData("class A { B _b; A() => _b = new B(Run); static void Run() { } } class B(System.Action run) { }", null)]
    [InlineData("class A { private B _b; } class B { void Use(A a) { } }", null)]
    [InlineData("class A { class B { A _a; } private B _b; }", null)]
    public void Types_that_hold_each_other_are_found(string source, string? cycle) => Assert.Equal(
        cycle is null ? [] : [cycle],
        new HolderGraph(Compilations.Of([SourceTree.ParseText(source)])).Cycles());

    [GeneratedRegex(@"^\| `(\w+)` \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
