using System.Collections.Frozen;
using System.Text.Json.Serialization;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The formatters of simple types and of enums that are sent as numbers, with the rules of payloads.</summary>
internal static class SimpleFormatters
{
    private static readonly FrozenDictionary<Type, object> All = Create();

    private delegate void Writer<in T>(ref MessagePackWriter writer, T value);

    private delegate T Reader<out T>(ref MessagePackReader reader);

    /// <summary>Returns the formatter of a type, or null if it is not simple.</summary>
    public static IMessagePackFormatter<T>? Find<T>()
    {
        if (All.TryGetValue(typeof(T), out var known)) return (IMessagePackFormatter<T>)known;
        return typeof(T).IsEnum && !IsText(typeof(T)) ? new EnumFormatter<T>() : null;
    }

    /// <summary>Returns a value indicating whether an enum is declared to be text, for which it needs a generated formatter.</summary>
    public static bool IsText(Type type) => type.IsDefined(typeof(JsonConverterAttribute), inherit: false);

    private static FrozenDictionary<Type, object> Create()
    {
        var all = new Dictionary<Type, object>();
        Value(all, ValueWriter.Write, ValueReader.ReadBoolean);
        Value(all, (ref w, v) => ValueWriter.Write(ref w, (long)v), ValueReader.ReadSByte);
        Value(all, (ref w, v) => ValueWriter.Write(ref w, (ulong)v), ValueReader.ReadByte);
        Value(all, (ref w, v) => ValueWriter.Write(ref w, (long)v), ValueReader.ReadInt16);
        Value(all, (ref w, v) => ValueWriter.Write(ref w, (ulong)v), ValueReader.ReadUInt16);
        Value(all, (ref w, v) => ValueWriter.Write(ref w, (long)v), ValueReader.ReadInt32);
        Value(all, (ref w, v) => ValueWriter.Write(ref w, (ulong)v), ValueReader.ReadUInt32);
        Value(all, ValueWriter.Write, ValueReader.ReadInt64);
        Value(all, ValueWriter.Write, ValueReader.ReadUInt64);
        Value(all, (ref w, v) => ValueWriter.Write(ref w, (double)v), ValueReader.ReadSingle);
        Value(all, ValueWriter.Write, ValueReader.ReadDouble);
        Value(all, ValueWriter.Write, ValueReader.ReadDecimal);
        Value(all, ValueWriter.Write, ValueReader.ReadChar);
        Value(all, ValueWriter.Write, ValueReader.ReadGuid);
        Value(all, ValueWriter.Write, ValueReader.ReadTimeSpan);
        Value(all, (ref w, v) => ValueWriter.Write(ref w, v, "A date"), ValueReader.ReadDateTime);
        Value(all, ValueWriter.Write, ValueReader.ReadDateTimeOffset);
        Value(all, ValueWriter.Write, ValueReader.ReadMemory);
        Framework(all);
        Reference(all, ValueWriter.Write, ValueReader.ReadString);
        Reference(all, ValueWriter.Write, ValueReader.ReadBytes);
        Reference(all, FrameworkWriter.WriteUri, FrameworkReader.ReadUri);
        Reference(all, FrameworkWriter.WriteVersion, FrameworkReader.ReadVersion);
        return all.ToFrozenDictionary();
    }

    private static void Framework(Dictionary<Type, object> all)
    {
        Value(all, FrameworkWriter.WriteHalf, FrameworkReader.ReadHalf);
        Value(all, FrameworkWriter.WriteInt128, FrameworkReader.ReadInt128);
        Value(all, FrameworkWriter.WriteUInt128, FrameworkReader.ReadUInt128);
        Value(all, FrameworkWriter.WriteBigInteger, FrameworkReader.ReadBigInteger);
        Value(all, FrameworkWriter.WriteDateOnly, FrameworkReader.ReadDateOnly);
        Value(all, FrameworkWriter.WriteTimeOnly, FrameworkReader.ReadTimeOnly);
        Value(all, FrameworkWriter.WriteRune, FrameworkReader.ReadRune);
    }

    private static void Value<T>(Dictionary<Type, object> all, Writer<T> write, Reader<T> read)
        where T : struct
    {
        var formatter = new Simple<T>(write, read);
        Add(all, formatter);
        Add<T?>(all, new StaticNullableFormatter<T>(formatter));
    }

    private static void Reference<T>(Dictionary<Type, object> all, Writer<T?> write, Reader<T?> read)
        where T : class => Add(all, new Simple<T?>(write, read));

    private static void Add<T>(Dictionary<Type, object> all, IMessagePackFormatter<T> formatter)
    {
        all[typeof(T)] = formatter;
        if (typeof(T) != typeof(byte)) all[typeof(T[])] = PayloadCollections.Find(typeof(T[]), () => formatter)!;
        all[typeof(List<T>)] = PayloadCollections.Find(typeof(List<T>), () => formatter)!;
    }

    private sealed class Simple<T>(Writer<T> write, Reader<T> read) : IMessagePackFormatter<T>
    {
        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) => write(ref writer, value);

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => read(ref reader);
    }

    // Not constrained to enums, because the type is known only where the formatter is requested.
    private sealed class EnumFormatter<T> : IMessagePackFormatter<T>
    {
        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
            EnumReader.Write(ref writer, (Enum)(object)value!);

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            if (reader.NextMessagePackType == MessagePackType.String) return (T)EnumReader.Parse(typeof(T), reader.ReadString());
            object number = Type.GetTypeCode(typeof(T)) switch
            {
                TypeCode.SByte => ValueReader.ReadSByte(ref reader),
                TypeCode.Byte => ValueReader.ReadByte(ref reader),
                TypeCode.Int16 => ValueReader.ReadInt16(ref reader),
                TypeCode.UInt16 => ValueReader.ReadUInt16(ref reader),
                TypeCode.Int32 => ValueReader.ReadInt32(ref reader),
                TypeCode.UInt32 => ValueReader.ReadUInt32(ref reader),
                TypeCode.Int64 => ValueReader.ReadInt64(ref reader),
                _ => ValueReader.ReadUInt64(ref reader),
            };
            return (T)Enum.ToObject(typeof(T), number);
        }
    }
}
