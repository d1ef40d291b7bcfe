using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace TypedSocketRedis.Tests.Fuzzing;

/// <summary>
/// Random contracts and values: nothing changes on its way as an argument, an acknowledgement or a result, in whole packets with
/// attachments, compared with System.Text.Json.
/// </summary>
/// <remarks>
/// <c>CONTRACT_FUZZ_SECONDS</c> is the time to run, 15 seconds by default; <c>CONTRACT_FUZZ_SEED</c> the seed of the first contract. A
/// failure prints the smallest contract and value that still fail.
/// </remarks>
public sealed class ContractFuzzTests
{
    private const int Types = 6;
    private const int Values = 8;

    internal static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [Fact]
    public void No_value_of_a_random_contract_changes_on_its_way()
    {
        var time = Stopwatch.StartNew();
        var (seconds, seed, values) = (Setting("CONTRACT_FUZZ_SECONDS", 15), Setting("CONTRACT_FUZZ_SEED", 1), 0);
        for (; time.Elapsed.TotalSeconds < seconds; seed++)
        {
            var contract = Contract(seed);
            values += contract.Length * Values;
            if (Failure(contract, seed, null) is not { } failure) continue;
            var (smallest, at) = Smallest(contract, seed, failure);
            Assert.Fail($"Seed {seed}: {at.Problem}\nValue: {at.Value}\n{Source(smallest, seed, 0)}{Source(smallest, seed, 1)}");
        }

        TestContext.Current.SendDiagnosticMessage("{0} values until seed {1}", values, seed);
        Assert.True(values > 0);
    }

    internal static FuzzType[] Contract(int seed, params string[] excluded)
    {
        var random = new Random(seed);
        var types = new List<FuzzType>();
        for (var i = 0; i < Types; i++)
        {
            var form = Enum.GetValues<FuzzForm>()[random.Next(Enum.GetValues<FuzzForm>().Length)];
            var members = Enumerable.Range(0, random.Next(1, 6))
                .Select(j => new FuzzMember(
                    random.Next(8) == 0 ? $"größe{j}" : $"Member{j}", Kind(random, types), random.Next(2) == 0));
            types.Add(new($"Type{i}", form, [.. members]));
        }

        return [.. types];

        FuzzKind Kind(Random random, IReadOnlyList<FuzzType> known)
        {
            while (true)
                if (FuzzKind.Random(random, known) is var kind && !excluded.Any(kind.Type.Contains)) return kind;
        }
    }

    // The types of every second contract are in another assembly, whose initializers and bodies the generator cannot see.
    internal static Failed? Failure(FuzzType[] types, int seed, Failed? only)
    {
        var cases = types.SelectMany(t => Enumerable.Range(0, Values).Select(v => (Type: t, Seed: (seed * 1000) + v)))
            .Where(c => only is null || (c.Type.Name == only.Type && c.Seed == only.Seed)).ToArray();
        if (cases.Length == 0) return null;
        var calls = cases.Select(c => (c.Seed, c.Type.IsPlain, Index: Array.IndexOf(types, c.Type), Value: c.Type.Value(c.Seed)));
        var checks = string.Join(",\n", calls.Select(c =>
            $"FuzzRun.Check({c.Value}, {(c.IsPlain ? "true" : "false")}, {c.Seed}) ?? FuzzCall.Check<IEvents, {types[c.Index].Name}>("
                + $"new Handler(), {c.Value}, {c.Index}, async (r, v) => (await r.Servers<IEvents>().E{c.Index}(v))[0], "
                + $"async (r, v) => (await r.Servers<IEvents>().R{c.Index}(v))[0])"));
        var run = $"public static class Case {{ public static string?[] Run() => [{checks}]; }}";
        var assembly = Running.Running.Load(
            [GeneratorHarness.File(Source(types, seed, 1)), GeneratorHarness.File(Usings + run, "Case.cs")],
            [GeneratorHarness.File(Source(types, seed, 0))], seed % 2 == 0);
        var results = (string?[])assembly.GetType("Case")!.GetMethod("Run")!.Invoke(null, null)!;
        var failed = Array.FindIndex(results, r => r is not null);
        if (failed < 0) return null;
        var (type, at) = cases[failed];
        return new(type.Name, at, type.Value(at), results[failed]!);
    }

    private static (FuzzType[] Types, Failed At) Smallest(FuzzType[] types, int seed, Failed at)
    {
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var smaller in Smaller(types, at.Type))
            {
                if (Failure(smaller, seed, at) is not { } still) continue;
                (types, at, isSmaller) = (smaller, still, true);
                break;
            }
        }

        return (types, at);
    }

    // Without types that no other one uses, and without one property each.
    private static IEnumerable<FuzzType[]> Smaller(FuzzType[] types, string failing)
    {
        var used = types.SelectMany(t => t.Members).Select(m => m.Kind.Type).ToArray();
        foreach (var type in types.Where(t => t.Name != failing && !used.Any(u => u.Contains(t.Name, StringComparison.Ordinal))))
            yield return [.. types.Where(t => t != type)];
        var target = types.Single(t => t.Name == failing);
        foreach (var member in target.Members.Where(_ => target.Members.Length > 1))
            yield return [.. types.Select(t => t == target ? t with { Members = [.. t.Members.Where(m => m != member)] } : t)];
    }

    internal const string Usings =
        "using System.Collections.Immutable; using System.Text.Json; using System.Text.Json.Nodes; using MessagePack; using TypedSocketRedis.Tests.Fuzzing;\n";

    private static string Source(FuzzType[] types, int seed, int part)
    {
        var source = new StringBuilder(Usings);
        if (part == 1)
            return source.Append("[ServerEvents] public interface IEvents { ")
                .AppendJoin(' ', types.Select((t, i) => $"Task<{t.Name}> E{i}({t.Name} value); Task<Result<{t.Name}>> R{i}({t.Name} value);"))
                .Append(" }\npublic sealed class Handler : IEvents { ")
                .AppendJoin(' ', types.Select((t, i) =>
                    $"public Task<{t.Name}> E{i}({t.Name} value) => Task.FromResult(value); "
                    + $"public Task<Result<{t.Name}>> R{i}({t.Name} value) => Task.FromResult<Result<{t.Name}>>(value);"))
                .Append(" }").ToString();
        source.Append(FuzzKind.Declarations);
        foreach (var type in types) source.Append(type.Declaration(new Random(seed))).Append('\n');
        return source.ToString();
    }

    internal sealed record Failed(string Type, int Seed, string Value, string Problem);
}
