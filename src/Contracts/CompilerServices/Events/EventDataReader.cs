using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads the arguments of one event, one after the other; called by generated code.</summary>
/// <remarks>
/// A missing last argument and null are the same. Arguments beyond those of the contract are ignored unless an option refuses them,
/// because a client can be newer than the server.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct EventDataReader
{
    private readonly string _event;
    private readonly int _count;
    private string _argument = "";
    private int _index = -1;
    private int _rest = -1;

    /// <summary>The reader of the arguments.</summary>
    public MessagePackReader Reader;

    /// <summary>Creates a reader at the first argument.</summary>
    /// <param name="incoming">The event.</param>
    public EventDataReader(IncomingEvent incoming)
    {
        _event = incoming.Name;
        _count = incoming.Arguments.Count;
        Reader = new MessagePackReader(incoming.Arguments.Raw);
    }

    /// <summary>The options for formatters: null, because generated formatters need none; the depth is limited all the same.</summary>
    /// <remarks>All options use reflection and would cause warnings in a native program.</remarks>
    public static MessagePackSerializerOptions Options => null!;

    /// <summary>Reads an event that a client in a test received.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="incoming">The event as it was received.</param>
    /// <returns>The event with its arguments.</returns>
    /// <exception cref="EventDataException">The arguments do not match the contract.</exception>
    internal static TEvent Read<TEvent>(IncomingEvent incoming)
        where TEvent : struct, IReceivedEvent<TEvent>
    {
        EventDataReader arguments = new(incoming);
        try
        {
            return TEvent.Read(ref arguments);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw arguments.Refused(e);
        }
    }

    /// <summary>Moves to the next argument.</summary>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <param name="isOptional"><see langword="true"/> if the argument can be missing.</param>
    /// <returns><see langword="true"/> if there is a value to read; otherwise the parameter keeps its default.</returns>
    /// <exception cref="EventDataException">A required argument is missing.</exception>
    public bool Next(string name, bool isOptional)
    {
        (_argument, _index) = (name, _index + 1);
        var isMissing = _index >= _count;
        if (!isMissing && !Reader.TryReadNil()) return true;
        if (isOptional) return false;
        throw new EventDataException("a value", isMissing ? "nothing" : "null");
    }

    /// <summary>Compares the number of arguments with that of the contract.</summary>
    /// <param name="incoming">The event.</param>
    /// <param name="declared">The number of arguments that the contract declares.</param>
    /// <exception cref="EventDataException">There are more arguments, and the server refuses them.</exception>
    public static void CheckCount(IncomingEvent incoming, int declared)
    {
        if (incoming.Arguments.Count > declared) incoming.Surplus?.Invoke(incoming, declared);
    }

    /// <summary>Returns the exception for an event with more arguments than declared.</summary>
    internal static EventDataException Surplus(IncomingEvent incoming, int declared)
    {
        var count = incoming.Arguments.Count;
        var refused = new EventDataException($"at most {declared} argument{(declared == 1 ? "" : "s")}", $"{count}");
        refused.Within("", incoming.Name);
        return refused;
    }

    /// <summary>Moves to the next one of the arguments that form the last parameter.</summary>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <returns><see langword="true"/> if there is one.</returns>
    public bool NextRest(string name)
    {
        if (_index + 1 >= _count) return false;
        (_argument, _index, _rest) = (name, _index + 1, _rest + 1);
        return true;
    }

    /// <summary>Moves to the next argument, for which null is a valid value.</summary>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <returns><see langword="true"/> if there is one; otherwise the parameter keeps its default.</returns>
    public bool NextOrNull(string name)
    {
        (_argument, _index) = (name, _index + 1);
        return _index < _count;
    }

    /// <summary>Throws if an acknowledgement is null or missing.</summary>
    /// <param name="reader">The input, before the acknowledgement.</param>
    /// <exception cref="EventDataException">The acknowledgement is null.</exception>
    public static void Require(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) throw new EventDataException("a value", "null");
    }

    /// <summary>Returns whether an exception means that the arguments do not match the contract.</summary>
    /// <param name="exception">The exception of reading them.</param>
    /// <returns><see langword="false"/> for an exception of a payload's own code.</returns>
    public static bool IsMalformed(Exception exception) => exception is MessagePackSerializationException or EndOfStreamException;

    /// <summary>Adds the event and the argument to an exception.</summary>
    /// <param name="exception">The exception of reading it.</param>
    /// <returns>The exception to throw in its place.</returns>
    public readonly EventDataException Refused(Exception exception)
    {
        var refused = DataPath.Refused(exception);
        if (_rest >= 0) refused.Within($"[{_rest}]");
        refused.Within(_argument, _event);
        return refused;
    }
}
