using System.ComponentModel;
using System.Globalization;

namespace TypedSocketRedis.Protocol;

/// <summary>Notes on an exception where it passed by; generated code is its caller, from exception filters.</summary>
/// <remarks>
/// A filter runs before anything is unwound, from the inside out, and costs nothing while nothing is thrown. Every method
/// returns false: no filter catches.
/// <code>catch (EventDataException e) when (DataPath.Member(e, "price")) { throw; }</code>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DataPath
{
    private const int MaxKey = 40;

    /// <summary>The value was a property, or the value of a dictionary's key.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="name">The name on the wire; empty when none was being read.</param>
    /// <returns>False.</returns>
    public static bool Member(EventDataException exception, string name)
    {
        if (name.Length > 0) exception.Within(name.Length <= MaxKey ? name : name[..MaxKey] + "…");
        return false;
    }

    /// <summary>The value was that of a dictionary's key.</summary>
    /// <typeparam name="T">The key's type.</typeparam>
    /// <param name="exception">The exception.</param>
    /// <param name="isKnown">Whether the key was read.</param>
    /// <param name="key">The key.</param>
    /// <returns>False.</returns>
    public static bool Key<T>(EventDataException exception, bool isKnown, T key) => isKnown && Member(exception, key?.ToString() ?? "");

    /// <summary>The value was an element of an array.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="index">Its index; negative when none was being read.</param>
    /// <returns>False.</returns>
    public static bool Element(EventDataException exception, int index)
    {
        if (index >= 0) exception.Within("[" + index.ToString(CultureInfo.InvariantCulture) + "]");
        return false;
    }

    /// <summary>The value was an argument of an event.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="eventName">The event's name on the wire.</param>
    /// <param name="argument">The parameter's name.</param>
    /// <returns>False.</returns>
    public static bool Argument(EventDataException exception, string eventName, string argument)
    {
        exception.Within(argument, eventName);
        return false;
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
}
