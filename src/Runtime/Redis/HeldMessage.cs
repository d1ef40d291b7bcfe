using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>A message that is published later.</summary>
/// <param name="Message">The message.</param>
/// <param name="Published">The completion of one that is awaited.</param>
internal readonly record struct HeldMessage(byte[] Message, TaskCompletionSource<long>? Published)
{
    // The least that a message costs beside its bytes.
    private const int Overhead = 256;

    /// <summary>Gets its share of a bound, in bytes.</summary>
    public int Size => Message.Length + Overhead;

    /// <summary>Publishes it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publish">Publishes without waiting.</param>
    /// <param name="publishAsync">Publishes and returns the number of receiving connections.</param>
    public void Send(RedisChannel channel, Func<RedisChannel, byte[], bool> publish, Func<RedisChannel, byte[], Task<long>> publishAsync)
    {
        if (Published is { } published) _ = CompleteAsync(published, publishAsync(channel, Message));
        else publish(channel, Message);
    }

    private static async Task CompleteAsync(TaskCompletionSource<long> published, Task<long> publishing)
    {
        try
        {
            published.TrySetResult(await publishing.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            // The caller awaits it, or has stopped to.
            published.TrySetException(exception);
        }
    }
}
