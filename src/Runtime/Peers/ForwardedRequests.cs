namespace TypedSocketRedis.Redis;

/// <summary>Limits the pending requests of other nodes for acknowledgements of this node's clients; the oldest is dropped first.</summary>
/// <param name="capacity">The maximum number of requests.</param>
internal sealed class ForwardedRequests(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ForwardedAcks> _open = [];

    /// <summary>Adds a request until it ends.</summary>
    public void Add(ForwardedAcks acks)
    {
        ForwardedAcks? oldest = null;
        var node = new LinkedListNode<ForwardedAcks>(acks);
        lock (_gate)
        {
            if (_open.Count >= capacity)
            {
                oldest = _open.First!.Value;
                _open.RemoveFirst();
            }

            _open.AddLast(node);
        }

        acks.OnEnded(() => Remove(node));
        oldest?.GiveUp();
    }

    private void Remove(LinkedListNode<ForwardedAcks> node)
    {
        lock (_gate)
        {
            if (node.List is not null) _open.Remove(node);
        }
    }
}
