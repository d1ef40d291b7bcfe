using MessagePack;

namespace TypedSocketRedis;

/// <summary>The exception for data from a peer that does not have the form of the contract.</summary>
/// <remarks>
/// Its message contains all four properties: <c>Event 'placed', order.lines[3].price: expected a number, found the text "12".</c>
/// The path is built while the exception passes the readers; reading valid data has no cost for it.
/// </remarks>
public sealed class EventDataException : MessagePackSerializationException
{
    // Hostile input chooses the keys of dictionaries, which are parts of the path.
    private const int MaxPath = 1024;

    internal EventDataException(string expected, string found, Exception? innerException = null)
        : base(expected, innerException) => (Expected, Found) = (expected, found);

    /// <summary>The event's name on the wire, or empty if the value was not read as part of an event.</summary>
    public string Event { get; private set; } = "";

    /// <summary>The path to the value: the argument's name, then properties and indices, <c>order.lines[3].price</c>; empty for the whole
    /// value.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The description of the expected value, for example <c>an integer from 0 to 255</c>.</summary>
    public string Expected { get; }

    /// <summary>The description of the value that was found, for example <c>the text "12"</c>; <c>nothing</c> for a required property that
    /// is missing.</summary>
    public string Found { get; }

    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            var place = (Event.Length > 0, Path.Length > 0) switch
            {
                (true, true) => $"Event '{Event}', {Path}: ",
                (true, false) => $"Event '{Event}': ",
                (false, true) => $"{Path}: ",
                _ => "",
            };
            return $"{place}expected {Expected}, found {Found}.";
        }
    }

    internal void Within(string segment)
    {
        if (Path.Length < MaxPath) Path = Path.Length == 0 || Path[0] == '[' ? segment + Path : segment + "." + Path;
    }

    internal void Within(string argument, string eventName)
    {
        Within(argument);
        Event = eventName;
    }
}
