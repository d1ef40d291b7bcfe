using System.Text;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Hands the messages of a set of subscriptions over from one server of a Redis Cluster to another: none twice, and in order.
/// </summary>
/// <remarks>
/// <para>Each server passes on the messages of the others some tens of milliseconds later than they do. A subscription that changes
/// servers therefore receives again those that the former server delivered faster. Messages have no numbers: one of the new server was
/// received before if it equals, byte for byte, one of the former server that is not older than
/// <see cref="BusTimings.HandoverWindow"/>, as many times as the former server delivered it.</para>
/// <para>While both servers are subscribed the former one's messages are delivered and the new one's are kept, bounded. Then the
/// kept ones that were not delivered follow, and the former server's messages are dropped.</para>
/// <para>Called by the loop that reads the set only.</para>
/// </remarks>
/// <param name="timings">The times.</param>
internal sealed class MessageHandover(BusTimings timings)
{
    /// <summary>The maximum size of the remembered messages, and of the kept ones, in bytes.</summary>
    public const long MaxBytes = 32L * 1024 * 1024;

    private readonly RepeatedMessages _delivered = new(timings.Clock, timings.HandoverWindow, MaxBytes);
    private readonly RepeatedMessages _early = new(timings.Clock, TimeSpan.MaxValue, long.MaxValue);
    private readonly RepeatedMessages _overtaken = new(timings.Clock, TimeSpan.MaxValue, long.MaxValue);
    private readonly Queue<BusMessage> _kept = new();
    private HashSet<string>? _moved;
    private Stage _stage;
    private int _source;
    private long _bytes;

    private enum Stage
    {
        /// <summary>All messages are delivered.</summary>
        None,

        /// <summary>The former server's messages are delivered and remembered, the new one's are kept.</summary>
        Before,

        /// <summary>The new server's messages are delivered unless the former one delivered them.</summary>
        After,
    }

    /// <summary>Gets a value indicating whether messages have to be passed to <see cref="Take"/> instead of being delivered.</summary>
    public bool IsActive => _stage != Stage.None;

    /// <summary>Starts to remember delivered messages.</summary>
    /// <param name="source">
    /// The number of the new connection, from which messages are kept; <see cref="int.MaxValue"/> when the channels change servers on
    /// the same connection.
    /// </param>
    /// <param name="deliver">Delivers a message.</param>
    public void Begin(int source, Action<BusMessage> deliver)
    {
        End(deliver);
        (_stage, _source) = (Stage.Before, source);
    }

    /// <summary>Changes over to the new server.</summary>
    /// <param name="deliver">Delivers a message.</param>
    /// <param name="moved">
    /// The channels that changed servers, in addition to those that did before; null when all of them did, to another connection.
    /// </param>
    public void Change(Action<BusMessage> deliver, HashSet<string>? moved = null)
    {
        if (_stage == Stage.After && moved is not null) _moved?.UnionWith(moved);
        if (_stage != Stage.Before) return;
        (_stage, _moved) = (Stage.After, moved);
        while (_kept.TryDequeue(out var message))
        {
            if (!_overtaken.TryTake(message)) deliver(message);
        }

        _early.Clear();
        _overtaken.Clear();
    }

    /// <summary>Ends the time in which the new server may repeat messages of the former one.</summary>
    public void End(Action<BusMessage> deliver)
    {
        Change(deliver);
        _delivered.Clear();
        _kept.TrimExcess();
        (_stage, _moved, _bytes) = (Stage.None, null, 0);
    }

    /// <summary>Delivers a message, keeps it or drops it.</summary>
    public void Take(BusMessage message, Action<BusMessage> deliver)
    {
        if (_stage == Stage.Before && message.Source >= _source) Keep(message, deliver);
        else if (_stage == Stage.Before || IsElsewhere(message)) Remember(message, deliver);
        else if (_stage == Stage.None) deliver(message);
        else if ((_moved is not null || message.Source >= _source) && !_delivered.TryTake(message)) deliver(message);
    }

    // A channel that has not moved yet may follow.
    private bool IsElsewhere(BusMessage message) => _moved is not null && !_moved.Contains(Encoding.UTF8.GetString(message.Channel));

    private void Remember(BusMessage message, Action<BusMessage> deliver)
    {
        // Messages that the new server delivered first must not follow.
        if (_early.TryTake(message)) _overtaken.Add(message);
        else _delivered.Add(message);
        deliver(message);
    }

    private void Keep(BusMessage message, Action<BusMessage> deliver)
    {
        if (_delivered.TryTake(message)) return;
        _kept.Enqueue(message);
        _early.Add(message);
        _bytes += message.Size;

        // Early rather than unbounded.
        if (_bytes > MaxBytes) Change(deliver);
    }
}
