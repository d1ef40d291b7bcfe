using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The rooms that contain the sockets of one user each, <c>user:42</c>: their names, and the reservation of these names.</summary>
/// <remarks>
/// Only authentication and other nodes add a socket to a reserved room. An application that passes the room names of its clients to
/// <c>JoinAsync</c> would otherwise let a client receive the events of another user.
/// </remarks>
internal sealed class UserRooms
{
    /// <summary>The prefix that servers and emitters have by default.</summary>
    public const string DefaultPrefix = "user:";

    /// <summary>The maximum length of a prefix, in UTF-16 code units.</summary>
    public const int MaxPrefix = 64;

    /// <summary>The maximum length of a user id, in UTF-16 code units.</summary>
    public const int MaxId = 1024;

    /// <summary>No user rooms: no name is reserved.</summary>
    public static readonly UserRooms None = new(null, "");

    private readonly string _option;

    private UserRooms(string? prefix, string option) => (Prefix, _option) = (prefix ?? "", option);

    /// <summary>The start of the names, or empty if there are no user rooms.</summary>
    public string Prefix { get; }

    /// <summary>Gets a value indicating whether there are user rooms.</summary>
    public bool IsEnabled => Prefix.Length > 0;

    /// <summary>Creates the user rooms of a server or an emitter.</summary>
    /// <param name="prefix">The valid prefix, or null or empty for no user rooms.</param>
    /// <param name="option">The option with the prefix, for messages: its type and its name.</param>
    public static UserRooms Create(string? prefix, string option) => new(prefix, option);

    /// <summary>Returns the reason why a prefix cannot be used, which continues the name of the option, or null.</summary>
    /// <remarks>The ids of sockets are room names, too; they consist of letters, digits, <c>-</c> and <c>_</c>.</remarks>
    public static string? ProblemOf(string? prefix) => prefix switch
    {
        null or "" => null,
        { Length: > MaxPrefix } => $"must have at most {MaxPrefix} characters, but has {prefix.Length}.",
        _ when !IsWellFormed(prefix) => "must be valid Unicode text.",
        _ when prefix.All(static one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_') =>
            $"must contain a character that ids of sockets do not have, as in \"{DefaultPrefix}\", but is \"{prefix}\".",
        _ => null,
    };

    /// <summary>Returns the room of a user.</summary>
    /// <exception cref="ArgumentNullException">The id is null.</exception>
    /// <exception cref="ArgumentException">The id is empty, too long, or not valid Unicode text.</exception>
    /// <exception cref="InvalidOperationException">There are no user rooms.</exception>
    public string Of(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        if (ProblemOfId(userId) is { } problem) throw new ArgumentException(problem, nameof(userId));
        return IsEnabled ? Prefix + userId : throw new InvalidOperationException(
            _option.Length == 0 ? "This chain has no user rooms." : $"{_option} is empty, so there are no user rooms.");
    }

    /// <summary>Returns the rooms of users, each once.</summary>
    /// <inheritdoc cref="Of(string)"/>
    public ImmutableArray<string> Of(IEnumerable<string> userIds)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        return [.. userIds.Select(Of).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Returns the reason why a text is no user id, as a sentence, or null.</summary>
    public static string? ProblemOfId(string userId) => userId.Length switch
    {
        0 => "A user id must not be empty.",
        > MaxId => $"A user id must have at most {MaxId} characters, but has {userId.Length}.",
        _ when !IsWellFormed(userId) => "A user id must be valid Unicode text.",
        _ => null,
    };

    /// <summary>Returns <c>true</c> if a name is reserved for the room of a user.</summary>
    public bool IsReserved(string room) => IsEnabled && room.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Refuses a reserved name.</summary>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public void Check(string room)
    {
        if (IsReserved(room)) throw Reserved();
    }

    /// <summary>Refuses reserved names.</summary>
    /// <returns>The rooms.</returns>
    /// <exception cref="ArgumentException">A name is reserved.</exception>
    public ImmutableArray<string> Checked(ImmutableArray<string> rooms)
    {
        if (!IsEnabled) return rooms;
        foreach (var room in rooms) Check(room);
        return rooms;
    }

    /// <summary>Returns the id of the user that a room belongs to, or null for any other room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="prefix">The prefix of user rooms; empty for none.</param>
    public static string? UserOf(string room, string prefix)
    {
        if (prefix.Length == 0 || room.Length <= prefix.Length || room.Length - prefix.Length > MaxId) return null;
        return room.StartsWith(prefix, StringComparison.Ordinal) ? room[prefix.Length..] : null;
    }

    // A lone surrogate becomes U+FFFD in UTF-8: two different ids would have one room on other nodes.
    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    // The name is not shown: it can come from a client.
    private ArgumentException Reserved() => new(
        $"The room names that start with \"{Prefix}\" are reserved for users ({_option}). "
        + "Use ToUser to send to a user; only authentication adds a socket to the room of its user.");
}
