using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads an argument of an event as one type.</summary>
/// <param name="name">The event.</param>
/// <param name="arguments">The arguments of the event.</param>
/// <param name="index">The position of the argument, from 0.</param>
/// <exception cref="EventDataException">The argument has another form, or is missing.</exception>
internal delegate T ArgumentReader<out T>(string name, SocketArguments arguments, int index);

/// <summary>The types that an argument without a contract can be read as: those that convert to it, and payloads of contracts.</summary>
internal static class ArgumentReaders
{
    private static readonly FrozenDictionary<Type, Delegate> Known = new[]
    {
        One(ValueReader.ReadString), Value(ValueReader.ReadChar), Value(ValueReader.ReadBoolean), Value(ValueReader.ReadByte),
        Value(ValueReader.ReadSByte), Value(ValueReader.ReadInt16), Value(ValueReader.ReadUInt16), Value(ValueReader.ReadInt32),
        Value(ValueReader.ReadUInt32), Value(ValueReader.ReadInt64), Value(ValueReader.ReadUInt64), Value(ValueReader.ReadSingle),
        Value(ValueReader.ReadDouble), Value(ValueReader.ReadDecimal), Value(ValueReader.ReadGuid), Value(ValueReader.ReadDateTime),
        Value(ValueReader.ReadDateTimeOffset), Value(FrameworkReader.ReadDateOnly), Value(FrameworkReader.ReadTimeOnly),
        Value(ValueReader.ReadTimeSpan), Value(FrameworkReader.ReadHalf), Value(FrameworkReader.ReadInt128),
        Value(FrameworkReader.ReadUInt128), Value(FrameworkReader.ReadBigInteger), Value(FrameworkReader.ReadRune),
        One(FrameworkReader.ReadUri), One(FrameworkReader.ReadVersion), Value(ReadSocketId), One(ValueReader.ReadBytes),
        Value(ValueReader.ReadMemory), Value(ValueReader.ReadWritableMemory),
        Array(ValueReader.ReadString), Array(ValueReader.ReadInt32), Array(ValueReader.ReadDouble),
        Whole(Elements), Whole(static argument => JsonElement.Parse(argument.ToJson())),
        Whole(static argument => JsonNode.Parse(argument.ToJson())),
        [Pair<SocketArgument>((_, arguments, index) => index < arguments.Count ? arguments[index] : SocketArgument.Null)],
    }.SelectMany(static one => one).ToFrozenDictionary();

    private delegate T Reader<out T>(ref MessagePackReader reader);

    /// <summary>Returns the reader of a type.</summary>
    /// <param name="parameter">The parameter of the caller, for the exception.</param>
    /// <exception cref="ArgumentException">No argument can be read as the type.</exception>
    public static ArgumentReader<T> Of<T>(string parameter)
    {
        if (Known.TryGetValue(typeof(T), out var known)) return (ArgumentReader<T>)known;
        if (!PayloadFormatters.Has<T>()) throw new ArgumentException(
            $"A parameter of the handler is {typeof(T)}, which no argument can be read as. Use a type that converts to "
            + $"{nameof(SocketArgument)}, {nameof(SocketArgument)} itself, or a payload: a type with [SocketPayload], or one that a "
            + "contract refers to.", parameter);
        return Required(static argument => PayloadFormatters.Read<T>(argument.Raw));
    }

    /// <summary>Returns a reader of a reference that is null if the argument is null or missing.</summary>
    public static ArgumentReader<T> OrNull<T>(ArgumentReader<T> reader) =>
        (name, arguments, index) => IsMissing(arguments, index) ? default! : reader(name, arguments, index);

    private static KeyValuePair<Type, Delegate>[] One<T>(Reader<T> read) => Whole(Read(read));

    private static KeyValuePair<Type, Delegate>[] Value<T>(Reader<T> read)
        where T : struct
    {
        var required = Required(Read(read));
        return
        [
            Pair(required),
            Pair<T?>((name, arguments, index) => IsMissing(arguments, index) ? null : required(name, arguments, index)),
        ];
    }

    private static KeyValuePair<Type, Delegate>[] Array<T>(Reader<T> read) => One((ref MessagePackReader reader) =>
    {
        var items = CollectionReader.NewArray<T>(ValueReader.ReadArrayHeader(ref reader, options: null));
        for (var i = 0; i < items.Length; i++)
        {
            try
            {
                items[i] = read(ref reader);
            }
            catch (Exception exception) when (DataPath.Element(exception, i))
            {
                throw DataPath.RefusedElement(exception, i);
            }
        }

        ValueReader.Leave(ref reader);
        return items;
    });

    private static KeyValuePair<Type, Delegate>[] Whole<T>(Func<SocketArgument, T> read) => [Pair(Required(read))];

    private static KeyValuePair<Type, Delegate> Pair<T>(ArgumentReader<T> reader) => new(typeof(T), reader);

    private static Func<SocketArgument, T> Read<T>(Reader<T> read) => argument =>
    {
        var reader = new MessagePackReader(argument.Raw);
        return read(ref reader);
    };

    private static ArgumentReader<T> Required<T>(Func<SocketArgument, T> read) => (name, arguments, index) =>
    {
        try
        {
            if (IsMissing(arguments, index)) throw new EventDataException("a value", index < arguments.Count ? "null" : "nothing");
            return read(arguments[index]);
        }
        catch (Exception exception) when (EventDataReader.IsMalformed(exception))
        {
            var refused = DataPath.Refused(exception);
            refused.Within($"argument {index}", name);
            throw refused;
        }
    };

    private static bool IsMissing(SocketArguments arguments, int index) =>
        index >= arguments.Count || arguments[index].Kind == ArgumentKind.Null;

    private static SocketId ReadSocketId(ref MessagePackReader reader) => ValueReader.ReadString(ref reader) is var text
        && SocketId.TryParse(text, null, out var id) ? id : throw new EventDataException("the id of a socket", FoundValue.Text(text));

    private static SocketArgument[] Elements(SocketArgument argument)
    {
        if (argument.Kind == ArgumentKind.Array) return [.. argument.EnumerateArray()];
        var reader = new MessagePackReader(argument.Raw);
        throw new EventDataException("an array", FoundValue.Describe(ref reader));
    }
}
