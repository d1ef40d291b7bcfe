using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator;
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
}
