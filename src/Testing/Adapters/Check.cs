using System.Runtime.CompilerServices;

namespace TypedSocketRedis.Testing;

/// <summary>Assertions that need no test framework.</summary>
internal static class Check
{
    public static void True(bool condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition) throw new AdapterContractException($"Not true: {text}");
    }

    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string text = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new AdapterContractException($"{text} is {actual}; expected: {expected}.");
    }

    public static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual, [CallerArgumentExpression(nameof(actual))] string text = "")
    {
        var (wanted, found) = (expected.ToArray(), actual.ToArray());
        if (wanted.SequenceEqual(found)) return;
        var at = Enumerable.Range(0, Math.Min(wanted.Length, found.Length))
            .FirstOrDefault(i => !Equals(wanted[i], found[i]), Math.Min(wanted.Length, found.Length));
        throw new AdapterContractException($"{text} differs at {at}: {Around(found, at)}; expected: {Around(wanted, at)}.");
    }

    private static string Around<T>(T[] items, int at) =>
        $"[{string.Join(", ", items.Skip(Math.Max(0, at - 2)).Take(8))}] of {items.Length}";
}
