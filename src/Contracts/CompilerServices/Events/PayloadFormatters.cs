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
    private static ImmutableArray<IFormatterResolver> _resolvers = [];

    /// <summary>Adds the formatters of an assembly.</summary>
    /// <param name="resolver">The resolver of the assembly.</param>
    /// <exception cref="ArgumentNullException">The resolver is null.</exception>
    public static void Add(IFormatterResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ImmutableInterlocked.Update(ref _resolvers, static (all, one) => all.Add(one), resolver);
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
        $"{typeof(T)} has no generated formatter: apply [SocketPayload] to it, or use it in a contract.");

    private static IMessagePackFormatter<T>? Find<T>()
    {
        // The assembly of the type may not have run any of its code yet.
        RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        foreach (var resolver in _resolvers)
        {
            if (resolver.GetFormatter<T>() is { } formatter) return formatter;
        }

        return null;
    }

    private static class Known<T>
    {
        public static IMessagePackFormatter<T>? Formatter;
    }
}
