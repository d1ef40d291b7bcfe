namespace TypedSocketRedis.Broadcasting;

/// <summary>The users and sockets that are counted so far; not thread-safe.</summary>
internal sealed class PresenceTally
{
    public HashSet<string> UserIds { get; } = new(StringComparer.Ordinal);

    public int Sockets { get; private set; }

    public int Anonymous { get; private set; }

    /// <summary>Gets a value indicating whether a node had more users than fit into its response.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Counts one socket.</summary>
    /// <param name="userId">The id of its user, or null for none.</param>
    public void Add(string? userId)
    {
        Sockets++;
        if (userId is null) Anonymous++;
        else UserIds.Add(userId);
    }

    /// <summary>Adds the counts of another node.</summary>
    public void Add(IEnumerable<string> userIds, int sockets, int anonymous, bool isTruncated)
    {
        UserIds.UnionWith(userIds);
        Sockets = (int)Math.Min(int.MaxValue, (long)Sockets + sockets);
        Anonymous = (int)Math.Min(int.MaxValue, (long)Anonymous + anonymous);
        IsTruncated |= isTruncated;
    }

    public RoomPresence ToPresence(int expectedNodes = 1, int respondedNodes = 1) =>
        new([.. UserIds], Sockets, Anonymous, !IsTruncated && respondedNodes >= expectedNodes)
        {
            ExpectedNodes = expectedNodes,
            RespondedNodes = respondedNodes,
        };
}
