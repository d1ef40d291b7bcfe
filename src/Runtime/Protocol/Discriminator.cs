using System.ComponentModel;
using System.Globalization;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Which of several types an object is, by a property of it; generated code is its caller.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Discriminator
{
    /// <summary>Looks for the property without moving the reader; it may stand anywhere in the object.</summary>
    /// <param name="reader">The input, before an object.</param>
    /// <param name="name">The property, UTF-8.</param>
    /// <returns>Its text, or its number as text; null when it is not there.</returns>
    public static string? Read(ref MessagePackReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.NextMessagePackType != MessagePackType.Map) throw ValueReader.Unexpected(ref reader, "an object");
        var peek = reader.CreatePeekReader();
        for (var left = ValueReader.Count(ref peek); left > 0; left--)
        {
            if (!ValueReader.ReadKey(ref peek).SequenceEqual(name)) ValueReader.Skip(ref peek);
            else if (peek.NextMessagePackType == MessagePackType.String) return peek.ReadString();
            else if (peek.TryReadNil()) return null;
            else return ValueReader.ReadInt64(ref peek).ToString(CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>The exception for a discriminator that is missing or stands for no type of the contract.</summary>
    /// <param name="name">The property.</param>
    /// <param name="found">Its text; null when it is not there.</param>
    /// <param name="expected">The texts that are known, for people.</param>
    /// <returns>The exception.</returns>
    public static EventDataException Unknown(string name, string? found, string expected)
    {
        var exception = new EventDataException(expected, found is null ? "nothing" : FoundValue.Text(found));
        exception.Within(name);
        return exception;
    }

    /// <summary>The exception for an object whose class the contract does not list.</summary>
    /// <param name="value">The object.</param>
    /// <param name="declared">The type that lists its derived ones.</param>
    /// <returns>The exception.</returns>
    public static ArgumentException NotListed(object value, string declared) =>
        new($"{value.GetType()} is not among the types that {declared} lists with [JsonDerivedType] or [Union].");
}
