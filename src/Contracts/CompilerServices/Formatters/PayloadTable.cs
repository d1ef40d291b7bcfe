using System.ComponentModel;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The formatters of an assembly by type; called by generated code.</summary>
/// <remarks>Not thread-safe while types are added, thread-safe afterwards.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PayloadTable
{
    private readonly Dictionary<Type, Entry> _entries = [];

    /// <summary>Adds a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="formatter">A function that returns the formatter.</param>
    /// <param name="write">The method that writes a value.</param>
    /// <param name="isElement"><see langword="true"/> to add arrays and lists of the type as well.</param>
    /// <returns>The table.</returns>
    public PayloadTable Add<T>(Func<IMessagePackFormatter<T>> formatter, PayloadWrite<T> write, bool isElement)
    {
        Add(new Entry<T>(formatter, write), isElement, typeof(T), typeof(T[]), typeof(List<T>));
        return this;
    }

    /// <summary>Adds a type of values and its nullable form.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="formatter">A function that returns the formatter.</param>
    /// <param name="write">The method that writes a value.</param>
    /// <param name="isElement"><see langword="true"/> to add arrays and lists of the type as well.</param>
    /// <returns>The table.</returns>
    public PayloadTable AddValue<T>(Func<IMessagePackFormatter<T>> formatter, PayloadWrite<T> write, bool isElement)
        where T : struct
    {
        Add(new ValueEntry<T>(formatter, write), isElement, typeof(T), typeof(T[]), typeof(List<T>));
        _entries[typeof(T?)] = _entries[typeof(T)];
        return this;
    }

    /// <summary>Returns the formatter of a type, or null.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The formatter.</returns>
    public IMessagePackFormatter<T>? Find<T>() =>
        _entries.TryGetValue(typeof(T), out var entry) ? (IMessagePackFormatter<T>?)entry.Formatter(typeof(T)) : null;

    /// <summary>Writes a value with the formatter of its type.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    /// <param name="depth">The number of arrays and objects around the value.</param>
    /// <returns><see langword="false"/> if its type has no formatter; then nothing was written.</returns>
    public bool TryWrite(ref MessagePackWriter writer, object value, int depth) =>
        _entries.TryGetValue(value.GetType(), out var entry) && entry.TryWrite(ref writer, value, depth);

    private void Add(Entry entry, bool isElement, Type type, Type array, Type list)
    {
        _entries[type] = entry;
        if (!isElement) return;

        // An array or a list that is part of a contract has a formatter of its own.
        _entries.TryAdd(array, entry);
        _entries.TryAdd(list, entry);
    }

    private abstract class Entry
    {
        public abstract object? Formatter(Type type);

        public abstract bool TryWrite(ref MessagePackWriter writer, object value, int depth);
    }

    private class Entry<T>(Func<IMessagePackFormatter<T>> formatter, PayloadWrite<T> write) : Entry
    {
        public override object? Formatter(Type type) => type == typeof(T) ? formatter() : PayloadCollections.Find(type, formatter);

        public override bool TryWrite(ref MessagePackWriter writer, object value, int depth)
        {
            // Arrays and lists of the type are written element by element, each as a value of its type.
            if (value.GetType() != typeof(T)) return false;
            write(ref writer, (T)value, depth);
            return true;
        }
    }

    private sealed class ValueEntry<T>(Func<IMessagePackFormatter<T>> formatter, PayloadWrite<T> write) : Entry<T>(formatter, write)
        where T : struct
    {
        public override object? Formatter(Type type) => type == typeof(T?)
            ? new StaticNullableFormatter<T>((IMessagePackFormatter<T>)base.Formatter(typeof(T))!)
            : base.Formatter(type);
    }
}
