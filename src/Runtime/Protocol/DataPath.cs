using System.ComponentModel;
using System.Globalization;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Notes on an exception where it passed by; generated code is its caller, from exception filters.</summary>
/// <remarks>
/// A filter runs before anything is unwound, from the inside out, and costs nothing while nothing is thrown. An exception of
/// the readers is noted on and passes; any other, which the application's own code threw or the input's end, becomes one.
/// <code>catch (Exception e) when (DataPath.Member(e, at)) { throw DataPath.RefusedMember(e, at); }</code>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DataPath
{
    private const int MaxKey = 40;

    /// <summary>The value was a property.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="name">The name on the wire; empty when none was being read.</param>
    /// <returns>Whether the exception is not one of the readers and is to be replaced.</returns>
    public static bool Member(Exception exception, string name)
    {
        if (exception is not EventDataException noted) return true;
        if (name.Length > 0) noted.Within(LogText.Escape(name, MaxKey));
        return false;
    }

    /// <summary>The value was that of a dictionary's key, which is noted as it was sent.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="map">The input, before the dictionary.</param>
    /// <param name="index">The entry's index; negative when no value was being read.</param>
    /// <returns>Whether the exception is not one of the readers and is to be replaced.</returns>
    public static bool Key(Exception exception, MessagePackReader map, int index) =>
        exception is not EventDataException || Member(exception, KeyAt(map, index));

    /// <summary>The value was an element of an array.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="index">Its index; negative when none was being read.</param>
    /// <returns>Whether the exception is not one of the readers and is to be replaced.</returns>
    public static bool Element(Exception exception, int index)
    {
        if (exception is not EventDataException noted) return true;
        if (index >= 0) noted.Within("[" + index.ToString(CultureInfo.InvariantCulture) + "]");
        return false;
    }

    /// <summary>What is thrown in an exception's place when <see cref="Member"/> says so.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="name">The name on the wire.</param>
    /// <returns>The exception to throw.</returns>
    public static EventDataException RefusedMember(Exception exception, string name)
    {
        var refused = Refused(exception);
        Member(refused, name);
        return refused;
    }

    /// <summary>What is thrown in an exception's place when <see cref="Key"/> says so.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="map">The input, before the dictionary.</param>
    /// <param name="index">The entry's index.</param>
    /// <returns>The exception to throw.</returns>
    public static EventDataException RefusedKey(Exception exception, MessagePackReader map, int index) => RefusedMember(exception, KeyAt(map, index));

    /// <summary>What is thrown in an exception's place when <see cref="Element"/> says so.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="index">The element's index.</param>
    /// <returns>The exception to throw.</returns>
    public static EventDataException RefusedElement(Exception exception, int index)
    {
        var refused = Refused(exception);
        Element(refused, index);
        return refused;
    }

    /// <summary>The exception for a required property that is not there.</summary>
    /// <param name="name">The property's name on the wire.</param>
    /// <param name="type">Its type, for people.</param>
    /// <returns>The exception.</returns>
    public static EventDataException Missing(string name, string type)
    {
        var exception = new EventDataException($"a value for the required property of type {type}", "nothing");
        exception.Within(name);
        return exception;
    }

    /// <summary>The exception of a reader that says the same as another one.</summary>
    internal static EventDataException Refused(Exception exception) => exception switch
    {
        EventDataException known => known,
        EndOfStreamException => new EventDataException("more data", "the end of the input", exception),
        MessagePackSerializationException => new EventDataException("the contract's data", "something else", exception),

        // A constructor, a setter or a formatter of the application: what it says is for its author, not for who sent the value.
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
