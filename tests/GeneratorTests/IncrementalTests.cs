using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests;

public sealed class IncrementalTests
{
    private const string Contract = """
        namespace Demo;
        [SocketEvents] public interface IShopEvents { void Ordered(Order order); void Paid(Bill bill); void Odd(Action what); }
        """;

    private static readonly SyntaxTree ContractFile = GeneratorHarness.File(Contract);
    private static readonly SyntaxTree OrderFile = GeneratorHarness.File("namespace Demo; public record Order(int Id);", "Order.cs");
    private static readonly SyntaxTree ProfileFile = GeneratorHarness.File("namespace Demo; [SocketPayload] public record Profile(int Id);",
        "Profile.cs");
    private static readonly SyntaxTree BodyFile = GeneratorHarness.File("class Body { int A() => 1; }", "Body.cs");
    private static readonly SyntaxTree BillFile = GeneratorHarness.File("namespace Demo; public record Bill(double Sum);", "Bill.cs");

    [Fact]
    public void An_unrelated_edit_leaves_everything_cached()
    {
        var steps = Edit(c => c.AddSyntaxTrees(GeneratorHarness.File("class Unrelated;", "Other.cs")));

        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(steps, KnownNames.ParseStep));
        Assert.All(Outputs(steps), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
    }

    [Fact]
    public void A_contract_that_moves_keeps_its_model_and_its_output()
    {
        var steps = Edit(c => c.ReplaceSyntaxTree(ContractFile, GeneratorHarness.File("\n\n" + Contract)));

        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(steps, KnownNames.ParseStep));
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(steps, KnownNames.ContractStep));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(steps, KnownNames.DiagnosticStep));
        Assert.Single(Outputs(steps), r => r == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_payload_type_edited_in_another_file_changes_only_its_own_formatter()
    {
        var steps = Edit(c => c.ReplaceSyntaxTree(
            OrderFile, GeneratorHarness.File("namespace Demo; public record Order(int Id, string Name);", "Order.cs")));

        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(steps, KnownNames.ContractStep));
        var formatters = steps.TrackedSteps[KnownNames.FormatterStep].SelectMany(s => s.Outputs).ToArray();
        Assert.Equal("Demo_OrderFormatter", Assert.Single(Assert.IsType<Generator.Model.FormatterFile>(
            Assert.Single(formatters, o => o.Reason == IncrementalStepRunReason.Modified).Value).Formatters).Name);
        Assert.Single(Outputs(steps), r => r == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void An_edit_inside_a_body_leaves_everything_cached()
    {
        var steps = Edit(c => c.ReplaceSyntaxTree(BodyFile, GeneratorHarness.File("class Body { int A() => 2; }", "Body.cs")));
        Assert.All(new[] { KnownNames.ParseStep, KnownNames.PayloadStep },
            s => Assert.DoesNotContain(IncrementalStepRunReason.Modified, Reasons(steps, s)));
        Assert.All(Outputs(steps), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
    }

    [Fact]
    public void A_marked_payload_that_is_edited_changes_only_its_own_formatter()
    {
        var steps = Edit(c => c.ReplaceSyntaxTree(
            ProfileFile,
                GeneratorHarness.File("namespace Demo; [SocketPayload] public record Profile(int Id, string Name);", "Profile.cs")));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(steps, KnownNames.PayloadStep));
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, Reasons(steps, KnownNames.ContractStep));
        Assert.Single(Outputs(steps), r => r == IncrementalStepRunReason.Modified);
    }

    [Theory]
    [InlineData("namespace Demo; [SocketEvents] public interface IAhead { void A(Bill bill); }")]
    [InlineData("namespace Demo; [SocketEvents] public interface IZero { void A(Bill bill); }")]
    [InlineData("namespace Demo; [SocketCommands] public interface ICommands { Task A(Bill bill); }")]
    [InlineData("namespace Demo; [ServerEvents] public interface INodes { Task A(Bill bill); }")]
    public void A_new_contract_does_not_affect_the_others(string contract)
    {
        foreach (var file in new[] { "A.cs", "Z.cs" })
        {
            var steps = Edit(c => c.AddSyntaxTrees(GeneratorHarness.File(contract, file)));
            Assert.Single(Outputs(steps), r => r == IncrementalStepRunReason.New);
            Assert.DoesNotContain(IncrementalStepRunReason.Modified, Outputs(steps));
        }
    }

    [Theory]
    [InlineData("SocketEvents", "SocketCommands")]
    [InlineData("SocketCommands", "ServerEvents")]
    [InlineData("ServerEvents", "SocketEvents")]
    public void A_contract_that_changes_its_direction_does_not_affect_the_others(string before, string after)
    {
        string Source(string attribute) => $"namespace Demo; [{attribute}] public interface IMoved {{ Task A(Bill bill); }}";
        var file = GeneratorHarness.File(Source(before), "Moved.cs");
        var compilation = Shop().AddSyntaxTrees(file);
        var driver = GeneratorHarness.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        compilation = (CSharpCompilation)compilation.ReplaceSyntaxTree(file, GeneratorHarness.File(Source(after), "Moved.cs"));

        var steps = GeneratorHarness.Result(driver.RunGenerators(compilation, TestContext.Current.CancellationToken));
        Assert.Empty(GeneratorHarness.Diagnose(compilation, steps));
        Assert.Equal(1, Outputs(steps).Count(r => r == IncrementalStepRunReason.New));
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, Outputs(steps));
        Assert.Equal(
            GeneratorHarness.Run(compilation).GeneratedSources.Select(s => s.SourceText.ToString()).Order(StringComparer.Ordinal),
            steps.GeneratedSources.Select(s => s.SourceText.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_contracts_share_the_formatter_of_their_payload()
    {
        var second = GeneratorHarness.File("namespace Demo; [SocketEvents] public interface IBillEvents { void Sent(Bill bill); }",
            "Second.cs");
        var compilation = Shop().AddSyntaxTrees(second);
        var result = GeneratorHarness.Run(compilation);

        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
        Assert.Single(result.GeneratedSources, s => s.HintName.Contains("Demo_Bill", StringComparison.Ordinal));
    }

    [Fact]
    public void The_order_of_the_files_does_not_change_the_output()
    {
        SyntaxTree[] files =
        [
            ContractFile, OrderFile, BillFile, ProfileFile,
            GeneratorHarness.File(
                "namespace Demo; [SocketEvents] public interface ShopEvents { void A(Order[] o); } [SocketEvents] public interface shopEvents { void A(Order[] o); }", "A.cs"),
            GeneratorHarness.File(
                "namespace Demo; [SocketEvents] public interface SHOPEvents { Task<Order[]> A(List<Bill?> b); } [SocketEvents] public interface IShopEventsGenerated;", "B.cs"),
        ];
        Assert.Equal(Texts(files), Texts(files.Reverse()));

        static Dictionary<string, string> Texts(IEnumerable<SyntaxTree> files) =>
            GeneratorHarness.Run(GeneratorHarness.Compile(files)).GeneratedSources.ToDictionary(s => s.HintName,
                s => s.SourceText.ToString());
    }

    [Fact]
    public void No_step_after_parsing_holds_objects_of_the_compiler()
    {
        // Two contracts with equal names of outputs and classes, so that these steps hold values.
        var result = Edit(
            c => c.AddSyntaxTrees(
                GeneratorHarness.File(
                    "namespace Demo; [SocketEvents] public interface ShopEvents; [SocketEvents] public interface ishopEvents; [SocketCommands] public interface IShopCommands { Task A(Order order); } [ServerEvents] public interface IShopNodes { Task A(Order order); }",
                        "Alike.cs")));
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var values = new[] { KnownNames.ParseStep, KnownNames.PayloadStep, KnownNames.ContractStep, KnownNames.HintStep,
            KnownNames.ClassStep, KnownNames.FormatterStep, KnownNames.ResolverStep, KnownNames.DiagnosticStep }
            .SelectMany(name => result.TrackedSteps[name].SelectMany(s => s.Outputs).Select(o => (name, o.Value)));
        foreach (var (step, value) in values) Walk(step, value, seen);
        Assert.True(seen.Count > 20, $"only {seen.Count} objects were visited");
    }

    private static void Walk(string step, object? node, HashSet<object> seen)
    {
        if (node is null or string || !seen.Add(node)) return;
        Assert.False(node is ISymbol or Compilation or SyntaxNode or SyntaxTree or Location, $"{step} leaks {node.GetType().Name}");
        if (node.GetType().IsPrimitive || node.GetType().IsEnum) return;
        if (node is IEnumerable items) foreach (var item in items) Walk(step, item, seen);
        for (var type = node.GetType(); type is not null; type = type.BaseType)
            foreach (var field in type.GetFields(
                BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                if (field.FieldType != typeof(Type)) Walk(step, field.GetValue(node), seen);
    }

    private static CSharpCompilation Shop() => GeneratorHarness.Compile(ContractFile, OrderFile, BillFile, ProfileFile, BodyFile);

    private static GeneratorRunResult Edit(Func<Compilation, Compilation> edit)
    {
        var compilation = Shop();
        var driver = GeneratorHarness.Driver().RunGenerators(compilation);
        return GeneratorHarness.Result(driver.RunGenerators(edit(compilation)));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);

    private static IEnumerable<IncrementalStepRunReason> Outputs(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(o => o.Value).SelectMany(s => s.Outputs).Select(o => o.Reason);
}
