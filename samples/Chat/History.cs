using System.Text.Json;
using StackExchange.Redis;

namespace Chat;

/// <summary>The last messages of each room in Redis, which all nodes have in common.</summary>
internal sealed class History(IConnectionMultiplexer redis) : IHistory
{
    private const int Length = 50;

    public async Task AddAsync(string room, Message message)
    {
        var messages = redis.GetDatabase();
        await messages.ListRightPushAsync(Key(room), JsonSerializer.Serialize(message));
        await messages.ListTrimAsync(Key(room), -Length, -1);
    }

    public async Task<IReadOnlyList<Message>> GetAsync(string room) =>
        [.. (await redis.GetDatabase().ListRangeAsync(Key(room))).Select(text => JsonSerializer.Deserialize<Message>((string)text!)!)];

    private static RedisKey Key(string room) => $"chat:history:{room}";
}
