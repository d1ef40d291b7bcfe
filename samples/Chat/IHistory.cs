namespace Chat;

/// <summary>The last messages of each room.</summary>
internal interface IHistory
{
    /// <summary>Adds a message to a room.</summary>
    Task AddAsync(string room, Message message);

    /// <summary>Returns the last messages of a room, the oldest first.</summary>
    Task<IReadOnlyList<Message>> GetAsync(string room);
}
