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
        if (!Find(ref peek, name) || peek.TryReadNil()) return null;
        return peek.NextMessagePackType switch
        {
            MessagePackType.String => peek.ReadString(),
            MessagePackType.Boolean => peek.ReadBoolean() ? "true" : "false",
            MessagePackType.Integer when peek.NextCode == MessagePackCode.UInt64 =>
                peek.ReadUInt64().ToString(CultureInfo.InvariantCulture),
            MessagePackType.Integer => peek.ReadInt64().ToString(CultureInfo.InvariantCulture),
            _ => throw Refused(ValueReader.Unexpected(ref peek, expected), name),
        };
    }

    /// <summary>Returns the exception for a discriminator that is missing or is that of no type of the contract.</summary>
    /// <param name="reader">The input, before the object.</param>
    /// <param name="name">The property's name in UTF-8.</param>
    /// <param name="expected">The known texts, as readable text.</param>
    /// <returns>The exception.</returns>
    public static EventDataException Unknown(ref MessagePackReader reader, ReadOnlySpan<byte> name, string expected)
    {
        var peek = reader.CreatePeekReader();
        var isMissing = !Find(ref peek, name) || peek.TryReadNil();
        return Refused(isMissing ? new(expected, "nothing") : ValueReader.Unexpected(ref peek, expected), name);
    }

    /// <summary>Returns the exception for an object of a class that the contract does not list.</summary>
    /// <param name="value">The object.</param>
    /// <param name="declared">The type that lists its derived ones.</param>
    /// <returns>The exception.</returns>
    public static ArgumentException NotListed(object value, string declared) =>
        new($"{value.GetType()} is not among the types that {declared} lists with [JsonDerivedType] or [Union].");

    // Moves a reader from an object to the value of one of its properties.
    private static bool Find(ref MessagePackReader reader, ReadOnlySpan<byte> name)
    {
        for (var left = ValueReader.Count(ref reader); left > 0; left--)
        {
            if (ValueReader.ReadKey(ref reader).SequenceEqual(name)) return true;
            ValueReader.Skip(ref reader);
        }

        return false;
    }

    private static EventDataException Refused(EventDataException exception, ReadOnlySpan<byte> name)
    {
        exception.Within(Encoding.UTF8.GetString(name));
        return exception;
    }
}
