using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Reads the arguments of one event, one after the other; generated code is its caller.</summary>
/// <remarks>
/// A missing last argument and null are the same. Arguments beyond those of the contract are not looked at: a client may be
/// newer than the server.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct EventDataReader
{
    private readonly string _event;
    private readonly int _count;
    private string _argument = "";
    private int _index = -1;

    /// <summary>Where the arguments are read.</summary>
    public MessagePackReader Reader;

    /// <summary>Starts at the first argument.</summary>
    /// <param name="incoming">The event.</param>
    public EventDataReader(IncomingEvent incoming)
    {
        _event = incoming.Name;
        _count = incoming.Arguments.Count;
        Reader = new MessagePackReader(incoming.Arguments.Raw);
    }

    /// <summary>What formatters are given: nothing, because generated ones need no options; the depth is bounded all the same.</summary>
    /// <remarks>All options have reflection behind them that a native program would be warned of.</remarks>
    public static MessagePackSerializerOptions Options => null!;

    /// <summary>Goes to the next argument.</summary>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <param name="isOptional">Whether it may be missing.</param>
    /// <returns>Whether there is a value to read; otherwise the parameter keeps its default.</returns>
    /// <exception cref="EventDataException">It is missing and must not be.</exception>
    public bool Next(string name, bool isOptional)
    {
        (_argument, _index) = (name, _index + 1);
        var isMissing = _index >= _count;
        if (!isMissing && !Reader.TryReadNil()) return true;
        if (isOptional) return false;
        throw new EventDataException("a value", isMissing ? "nothing" : "null");
    }

    /// <summary>Goes to the next argument, for which null is a value like any other.</summary>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <returns>Whether there is one; otherwise the parameter keeps its default.</returns>
    public bool NextOrNull(string name)
    {
        (_argument, _index) = (name, _index + 1);
        return _index < _count;
    }

    /// <summary>Refuses an acknowledgement that is null or was left out.</summary>
    /// <param name="reader">At the acknowledgement.</param>
    /// <exception cref="EventDataException">It is null.</exception>
    public static void Require(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) throw new EventDataException("a value", "null");
    }

    /// <summary>Whether an exception means that the arguments are not those of the contract.</summary>
    /// <param name="exception">What reading them threw.</param>
    /// <returns>False for what a payload's own code threw.</returns>
    public static bool IsMalformed(Exception exception) => exception is MessagePackSerializationException or EndOfStreamException;

    /// <summary>Says which argument was refused.</summary>
    /// <param name="exception">What reading it threw.</param>
    /// <returns>What is thrown in its place.</returns>
    public readonly EventDataException Refused(Exception exception)
    {
        var refused = DataPath.Refused(exception);
        refused.Within(_argument, _event);
        return refused;
    }
}
