using System.ComponentModel;
using System.Globalization;
using System.Text;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Selects one of several types for an object by one of its properties; called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Discriminator
{
    /// <summary>Finds the property anywhere in the object, without moving the reader.</summary>
    /// <param name="reader">The input, before an object.</param>
    /// <param name="name">The property's name in UTF-8.</param>
    /// <param name="expected">The known texts, as readable text.</param>
    /// <returns>Its text, or its number or boolean as text; null if the object has no such property.</returns>
    /// <exception cref="EventDataException">The value is not an object, or the property has another kind.</exception>
    public static string? Read(ref MessagePackReader reader, ReadOnlySpan<byte> name, string expected)
    {
        if (reader.NextMessagePackType != MessagePackType.Map) throw ValueReader.Unexpected(ref reader, "an object");
        var peek = reader.CreatePeekReader();
        for (var left = ValueReader.Count(ref peek); left > 0; left--)
        {
            if (!ValueReader.ReadKey(ref peek).SequenceEqual(name)) ValueReader.Skip(ref peek);
            else if (peek.NextMessagePackType == MessagePackType.String) return peek.ReadString();
            else if (peek.TryReadNil()) return null;
            else if (peek.NextMessagePackType == MessagePackType.Boolean) return peek.ReadBoolean() ? "true" : "false";
            else if (peek.NextMessagePackType != MessagePackType.Integer) throw Unexpected(ref peek, name, expected);
            else return IsLarge(ref peek) ? peek.ReadUInt64().ToString(CultureInfo.InvariantCulture)
                : peek.ReadInt64().ToString(CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>Returns the exception for a discriminator that is missing or is that of no type of the contract.</summary>
    /// <param name="name">The property.</param>
    /// <param name="found">Its text, or null if it is missing.</param>
    /// <param name="expected">The known texts, as readable text.</param>
    /// <returns>The exception.</returns>
    public static EventDataException Unknown(string name, string? found, string expected)
    {
        var exception = new EventDataException(expected, found is null ? "nothing" : FoundValue.Text(found));
        exception.Within(name);
        return exception;
    }

    /// <summary>Returns the exception for an object of a class that the contract does not list.</summary>
    /// <param name="value">The object.</param>
    /// <param name="declared">The type that lists its derived ones.</param>
    /// <returns>The exception.</returns>
    public static ArgumentException NotListed(object value, string declared) =>
        new($"{value.GetType()} is not among the types that {declared} lists with [JsonDerivedType] or [Union].");

    private static bool IsLarge(ref MessagePackReader reader) => reader.NextCode == MessagePackCode.UInt64;

    private static EventDataException Unexpected(ref MessagePackReader reader, ReadOnlySpan<byte> name, string expected)
    {
        var exception = ValueReader.Unexpected(ref reader, expected);
        exception.Within(Encoding.UTF8.GetString(name));
        return exception;
    }
}
