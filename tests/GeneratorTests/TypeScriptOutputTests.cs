using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator;
using TypedSocketRedis.Generator.Emitting.TypeScript;
using TypedSocketRedis.Generator.Model;
using Xunit;

namespace TypedSocketRedis.Tests;

public sealed class TypeScriptOutputTests
{
    [Fact]
    public void No_file_is_written_without_a_folder_or_for_an_IDE()
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File("[SocketEvents] public interface IEvents { void A(); }"));

        var unnamed = TypeScriptHarness.Run(TypeScriptHarness.Driver(null), compilation);
        Assert.Empty(unnamed.GeneratedSources);
        Assert.Null(Assert.Single(unnamed.TrackedSteps[KnownNames.TypeScriptStep].SelectMany(s => s.Outputs)).Value);

        var ide = TypeScriptHarness.Run(TypeScriptHarness.Driver("web", IncrementalGeneratorOutputKind.Implementation), compilation);
        Assert.Empty(ide.GeneratedSources);
        Assert.False(ide.TrackedSteps.ContainsKey(KnownNames.TypeScriptStep));
    }

    [Fact]
    public void The_same_contracts_in_other_files_give_the_same_text()
    {
        const string One = "public record A(int X); [SocketEvents] public interface IOne { void S(A a); }";
        const string Two = "public record B(int X); [SocketEvents] public interface ITwo { void S(B b, A a); }";
        var forth = GeneratorHarness.Compile(GeneratorHarness.File(One, "1.cs"), GeneratorHarness.File(Two, "2.cs"));
        var back = GeneratorHarness.Compile(GeneratorHarness.File(Two, "1.cs"), GeneratorHarness.File(One, "2.cs"));
        Assert.Equal(
            TypeScriptHarness.Run(TypeScriptHarness.Driver("web"), forth).GeneratedSources[0].SourceText.ToString(),
            TypeScriptHarness.Run(TypeScriptHarness.Driver("web"), back).GeneratedSources[0].SourceText.ToString());
    }

    [Fact]
    public void All_types_without_a_rule_fail_the_build()
    {
        ParameterModel Parameter(string type, ValueKind kind) =>
            new("a", type + " a", type, "", new(type, kind, "Odd", "", IsReference: false, IsNullable: false));
        EventModel[] events =
        [
            new("A", "a", EventKind.Void, "void", null, "", new(["IOdd"]), new([Parameter("One", ValueKind.Primitive)])),
            new("B", "b", EventKind.Void, "void", null, "", new(["IOdd"]),
                new([Parameter("Two", ValueKind.Dynamic), Parameter("One", ValueKind.Primitive)])),
        ];
        var contract = new ContractModel("IOdd", "", "Odd", "Odd", "public", "IOdd", "IOdd", ContractDirection.Events, new(events));
        var named = new TypeScriptContract(contract, new("Odd", "Odd_"), "/", DocModel.None, new([]));
        var source = TypeScriptCarrier.Emit(new("Demo", new([named]), new([]), new([])));

        var errors = source.Split('\n').Where(l => l.StartsWith("#error", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, errors.Length);
        Assert.StartsWith("#error TypedSocketRedis has no TypeScript for 'One'.", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("#error TypedSocketRedis has no TypeScript for 'Two'.", errors[1], StringComparison.Ordinal);
        Assert.DoesNotContain("//|", source, StringComparison.Ordinal);
    }
}
