using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The generated formatters of the loaded assemblies; generated code adds those of its assembly when it is loaded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadFormatters
{
    private static ImmutableArray<Formatters> _all = [];

    /// <summary>Adds the formatters of an assembly.</summary>
    /// <param name="resolver">The resolver of the assembly.</param>
    /// <param name="write">The writer of values whose type is known only at run time.</param>
    /// <param name="types">The types that have a formatter, as readable text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Add(IFormatterResolver resolver, PayloadWriter write, string types)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(types);
        ImmutableInterlocked.Update(ref _all, static (all, one) => all.Add(one), new Formatters(resolver, write, types));
    }

    /// <summary>Returns the formatter of a simple type, or of an enum that is sent as a number.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The formatter, or null for any other type.</returns>
    public static IMessagePackFormatter<T>? Simple<T>() => SimpleFormatters.Find<T>();

    /// <summary>Writes a value with the formatter of its type, if an assembly has one.</summary>
    internal static bool TryWrite(ref MessagePackWriter writer, object value, int depth)
    {
        foreach (var formatters in _all)
            if (formatters.Write(ref writer, value, depth)) return true;
        return false;
    }

    /// <summary>Returns a value indicating whether a type has a generated formatter.</summary>
    internal static bool Has<T>() => (Known<T>.Formatter ??= Find<T>()) is not null;

    /// <summary>Writes a payload.</summary>
    /// <exception cref="InvalidOperationException">The type has no generated formatter.</exception>
    internal static void Write<T>(ref MessagePackWriter writer, T value) =>
        Of<T>().Serialize(ref writer, value, EventDataReader.Options);

    /// <summary>Reads a payload.</summary>
    /// <exception cref="InvalidOperationException">The type has no generated formatter.</exception>
    /// <exception cref="EventDataException">The value does not have the payload's form.</exception>
    internal static T Read<T>(ReadOnlyMemory<byte> value)
    {
        var reader = new MessagePackReader(value);
        return Of<T>().Deserialize(ref reader, EventDataReader.Options);
    }

    private static IMessagePackFormatter<T> Of<T>() => Known<T>.Formatter ??= Find<T>() ?? throw new InvalidOperationException(
        $"{typeof(T)} has no generated formatter: apply [SocketPayload] to it, or use it in a contract. There are formatters of simple "
        + $"types, of enums that are numbers, and of {string.Join(", ", _all.Select(f => f.Types))}, also in arrays and lists.");

    private static IMessagePackFormatter<T>? Find<T>()
    {
        // The assembly of the type may not have run any of its code yet.
        RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        foreach (var formatters in _all)
        {
            if (formatters.Resolver.GetFormatter<T>() is { } formatter) return formatter;
        }

        return SimpleFormatters.Find<T>();
    }

    private sealed record Formatters(IFormatterResolver Resolver, PayloadWriter Write, string Types);

    private static class Known<T>
    {
        public static IMessagePackFormatter<T>? Formatter;
    }
}
