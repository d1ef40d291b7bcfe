using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>A message that is published later.</summary>
/// <param name="Message">The message.</param>
/// <param name="Published">The completion of a message that is awaited.</param>
internal readonly record struct HeldMessage(byte[] Message, TaskCompletionSource<long>? Published)
{
    // The minimum cost of a message beside its bytes.
    private const int Overhead = 256;

    /// <summary>Gets the message's share of a limit, in bytes, when its channel is kept once for many.</summary>
    public int Size => Message.Length + Overhead;

    /// <summary>Returns the message's share of a limit, in bytes, when its channel is kept with it.</summary>
    public int SizeOn(RedisChannel channel) => Size + ((byte[]?)channel)!.Length;

    /// <summary>Publishes the message; never throws.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publish">Publishes without waiting.</param>
    /// <param name="publishAsync">Publishes and returns the number of receiving connections.</param>
    public void Send(RedisChannel channel, Func<RedisChannel, byte[], bool> publish, Func<RedisChannel, byte[], Task<long>> publishAsync)
    {
        if (Published is { } published)
        {
            _ = CompleteAsync(published, channel, Message, publishAsync);
            return;
        }

        try
        {
            publish(channel, Message);
        }
        catch (Exception)
        {
            // Publishing reports the failures it expects; after any other one, the messages behind this one must follow.
        }
    }

    /// <summary>Ends the wait for a message without publishing it.</summary>
    public void Refuse()
    {
        if (Published is { } published) Fail(published, RedisReason.NotConnected(null));
    }

    private static async Task CompleteAsync(
        TaskCompletionSource<long> published, RedisChannel channel, byte[] message, Func<RedisChannel, byte[], Task<long>> publishAsync)
    {
        try
        {
            published.TrySetResult(await publishAsync(channel, message).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Fail(published, exception);
        }
    }

    private static void Fail(TaskCompletionSource<long> published, Exception exception)
    {
        published.TrySetException(exception);

        // The caller awaits it, or has stopped waiting.
        _ = published.Task.Exception;
    }
}
