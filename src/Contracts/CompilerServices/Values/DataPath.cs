using System.ComponentModel;
using System.Globalization;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Records the path to a value on the exception of reading it; called by exception filters in generated code.</summary>
/// <remarks>
/// A filter runs before the stack is unwound, from the inside out, and costs nothing while nothing is thrown. An exception of
/// the readers is annotated and passes; any other, from the application's code or the end of the input, is replaced by one.
/// <code>catch (Exception e) when (DataPath.Member(e, at)) { throw DataPath.RefusedMember(e, at); }</code>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DataPath
{
    private const int MaxKey = 40;

    /// <summary>Records that the value was a property.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="name">The name on the wire; empty when none was being read.</param>
    /// <returns><see langword="true"/> if the exception is not one of the readers and must be replaced.</returns>
    public static bool Member(Exception exception, string name)
    {
        if (exception is not EventDataException noted) return true;
        if (name.Length > 0) noted.Within(LogText.Escape(name, MaxKey));
        return false;
    }

    /// <summary>Records that the value was the one of a dictionary's key, which appears as it was sent.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="map">The input, before the dictionary.</param>
    /// <param name="index">The entry's index; negative if no value was being read.</param>
    /// <returns><see langword="true"/> if the exception is not one of the readers and must be replaced.</returns>
    public static bool Key(Exception exception, MessagePackReader map, int index) =>
        exception is not EventDataException || Member(exception, KeyAt(map, index));

    /// <summary>Records that the value was an element of an array.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="index">Its index; negative when none was being read.</param>
    /// <returns><see langword="true"/> if the exception is not one of the readers and must be replaced.</returns>
    public static bool Element(Exception exception, int index)
    {
        if (exception is not EventDataException noted) return true;
        if (index >= 0) noted.Within("[" + index.ToString(CultureInfo.InvariantCulture) + "]");
        return false;
    }

    /// <summary>Returns the replacement for an exception for which <see cref="Member"/> returned true.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="name">The name on the wire.</param>
    /// <returns>The exception to throw.</returns>
    public static EventDataException RefusedMember(Exception exception, string name)
    {
        var refused = Refused(exception);
        Member(refused, name);
        return refused;
    }

    /// <summary>Returns the replacement for an exception for which <see cref="Key"/> returned true.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="map">The input, before the dictionary.</param>
    /// <param name="index">The entry's index.</param>
    /// <returns>The exception to throw.</returns>
    public static EventDataException RefusedKey(Exception exception, MessagePackReader map, int index) =>
        RefusedMember(exception, KeyAt(map, index));

    /// <summary>Returns the replacement for an exception for which <see cref="Element"/> returned true.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="index">The element's index.</param>
    /// <returns>The exception to throw.</returns>
    public static EventDataException RefusedElement(Exception exception, int index)
    {
        var refused = Refused(exception);
        Element(refused, index);
        return refused;
    }

    /// <summary>Returns the exception for a required property that is missing.</summary>
    /// <param name="name">The property's name on the wire.</param>
    /// <param name="type">Its type, as readable text.</param>
    /// <returns>The exception.</returns>
    public static EventDataException Missing(string name, string type)
    {
        var exception = new EventDataException($"a value for the required property of type {type}", "nothing");
        exception.Within(name);
        return exception;
    }

    /// <summary>Returns the exception for null where a value is declared not null.</summary>
    /// <returns>The exception.</returns>
    public static EventDataException Null() => new("a value", "null");

    /// <summary>Returns the reader's exception that corresponds to another exception.</summary>
    internal static EventDataException Refused(Exception exception) => exception switch
    {
        EventDataException known => known,
        EndOfStreamException => new EventDataException("more data", "the end of the input", exception),
        MessagePackSerializationException => new EventDataException("the contract's data", "something else", exception),

        // A constructor, a setter or a formatter of the application: its message is for its author, not for the sender of the value.
        _ => new EventDataException("a value that the application accepts", "one that it refused", exception),
    };

    private static string KeyAt(MessagePackReader map, int index)
    {
        if (index < 0) return "";
        ValueReader.Count(ref map);
        for (var i = 0; i < 2L * index; i++) ValueReader.Skip(ref map);
        return ValueReader.ReadTextKey(ref map);
    }
}
