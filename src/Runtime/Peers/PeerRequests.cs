using System.Collections.Concurrent;
using System.Security.Cryptography;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>
/// The requests of this process to the nodes of one namespace: pending requests, the number of expected responses, and timeouts.
/// </summary>
/// <remarks>
/// The number of nodes is requested from Redis each time: each subscriber of the request channel counts, this process
/// included if it is a server. Responses are counted; those of a node that is suspended or stopped are missing when the timeout expires.
/// </remarks>
/// <param name="services">The services of the namespace.</param>
internal sealed partial class PeerRequests(RequestContext services) : IServerSink
{
    /// <summary>The maximum number of pending requests; one more is not sent, as if Redis were not connected.</summary>
    public const int MaxPending = 10_000;

    private const int IdLength = 6;
    private const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly ConcurrentDictionary<string, PendingRequest> _pending = new(StringComparer.Ordinal);
    private int _lastCount = services.Requester.Nodes;
    private volatile bool _isEnded;

    private int OwnNodes => services.Requester.Nodes;

    /// <summary>Counts the nodes that have the namespace, this process included if it is one.</summary>
    /// <exception cref="RedisException">Redis is not connected or did not respond in time.</exception>
    public async Task<int> CountNodesAsync(CancellationToken cancellationToken)
    {
        var count = await services.Bus.CountSubscribersAsync(services.Wire.Requests, cancellationToken).ConfigureAwait(false);
        return _lastCount = (int)Math.Clamp(count, OwnNodes, ushort.MaxValue);
    }

    /// <summary>Broadcasts an event that clients of all nodes are to acknowledge.</summary>
    public void SendToClientsWithAck(EventData data, BroadcastOptions options, AckCollector acks)
    {
        acks.AwaitUnknownCounts();
        if ((options.Flags & BroadcastFlags.SingleResponse) != 0) acks.AwaitOne();
        var bounded = options with { Timeout = options.Timeout ?? AckCollector.DefaultTimeout };
        var id = CreateId();
        var message = Traced(new PeerMessage(PeerMessageKind.Broadcast) { RequestId = Raw(id), Data = data.Memory, Target = bounded });
        var isSent = TryAdd(id, new PendingClientAcks(acks)) && services.Bus.Publish(services.Wire.Requests, message);
        services.Requester.SendWithAck(data, options, acks);
        acks.OnEnded(() => _pending.TryRemove(id, out _));
        if (isSent) _ = AwaitCountsAsync(acks);
        else acks.CutOff(OwnNodes);
    }

    /// <inheritdoc/>
    void IServerSink.Send(EventData data)
    {
        using var span = EventTracing.SendToServers(services.Path, data);
        services.Bus.Publish(services.Wire.Requests, Traced(new PeerMessage(PeerMessageKind.ServerEvent) { Data = data.Memory }));
    }

    /// <inheritdoc/>
    ValueTask IServerSink.SendAsync(EventData data, CancellationToken cancellationToken)
    {
        using var span = EventTracing.SendToServers(services.Path, data);
        var message = Traced(new PeerMessage(PeerMessageKind.ServerEvent) { Data = data.Memory });
        return new ValueTask(services.Bus.PublishAsync(services.Wire.Requests, message, cancellationToken));
    }

    /// <inheritdoc/>
    void IServerSink.SendWithAck(EventData data, TimeSpan? timeout, AckCollector acks)
    {
        var id = CreateId();
        var span = EventTracing.SendToServers(services.Path, data);
        byte[] message;
        bool isAdded;
        try
        {
            message = Traced(new PeerMessage(PeerMessageKind.ServerEvent) { RequestId = Raw(id), Data = data.Memory });
            isAdded = TryAdd(id, new PendingServerAcks(acks, services.Path, span.Activity?.Context ?? default));
        }
        catch (Exception)
        {
            span.Dispose();
            throw;
        }

        // The span ends with the last acknowledgement.
        span.Detach();
        acks.OnEnded(() =>
        {
            _pending.TryRemove(id, out _);
            span.Dispose();
        });
        acks.Start(services.Time, timeout ?? services.Timeout);
        if (isAdded) _ = SendToServersAsync(message, acks);
        else acks.CutOff(nodes: 0);
    }

    /// <summary>Ends all pending requests of a process that ends, and refuses further ones.</summary>
    public void End()
    {
        _isEnded = true;
        foreach (var (id, pending) in _pending)
        {
            if (_pending.TryRemove(id, out _)) pending.Abandon();
        }
    }

    /// <summary>Handles a response of another node; the bytes are valid until the call returns.</summary>
    /// <param name="id">The id of the request.</param>
    /// <param name="message">The response.</param>
    /// <returns>The reason why the response was dropped, or <see cref="DropReason.None"/>.</returns>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    public DropReason Receive(string id, ReadOnlyMemory<byte> message)
    {
        if (!_pending.TryGetValue(id, out var pending)) return DropReason.Unawaited;
        if (message.Length > services.MaxMessageSize) return DropReason.Size;
        if (!pending.IsLarge) return Take(pending, message);

        ReadOnlyMemory<byte> kept = message.ToArray();
        return Later(kept.Length, () => Take(pending, kept));
    }

    /// <summary>Handles a response that was read to tell it from a request; the bytes are valid until the call returns.</summary>
    /// <param name="response">The response.</param>
    /// <returns>The reason why the response was dropped, or <see cref="DropReason.None"/>.</returns>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    public DropReason Receive(PeerMessageFields response)
    {
        if (response.Text(response.RequestId) is not { } id) return DropReason.Shape;
        if (!_pending.TryGetValue(id, out var pending)) return DropReason.Unawaited;
        if (!pending.IsLarge) return pending.Take(response);

        var kept = response with { Body = response.Body.ToArray() };
        return Later(kept.Body.Length, () => pending.Take(kept));
    }

    private DropReason Later(int length, Func<DropReason> take) => services.Work.TryAdd(length, () =>
    {
        services.Dropped.Handle(length, take);
        return Task.CompletedTask;
    }) ? DropReason.None : DropReason.Busy;

    private DropReason Take(PendingRequest pending, ReadOnlyMemory<byte> message) =>
        services.Wire.ReadResponse(message, out var response) is var reason and not DropReason.None ? reason : pending.Take(response);

    private static string CreateId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    private static bool IsAway(Exception exception) => RedisReason.IsFailure(exception);

    private static byte[] Raw(string id) => PeerMessageWriter.Text(id);

    private byte[] Traced(PeerMessage request) => services.Wire.Traced(request, services.MaxMessageSize);

    private void ThrowIfEnded() => ObjectDisposedException.ThrowIf(_isEnded, typeof(RedisEmitter));

    /// <exception cref="ObjectDisposedException">The requests have ended.</exception>
    private bool TryAdd(string id, PendingRequest pending)
    {
        ThrowIfEnded();
        if (_pending.Count >= MaxPending || !_pending.TryAdd(id, pending)) return false;
        if (!_isEnded) return true;

        // The end may have missed it.
        _pending.TryRemove(id, out _);
        throw new ObjectDisposedException(nameof(RedisEmitter));
    }

    private async Task AwaitCountsAsync(AckCollector acks)
    {
        try
        {
            acks.AwaitCounts(await CountNodesAsync(CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception exception) when (IsAway(exception))
        {
            acks.CutOff(OwnNodes);
        }
    }

    private async Task SendToServersAsync(byte[] message, AckCollector acks)
    {
        try
        {
            var others = await CountNodesAsync(CancellationToken.None).ConfigureAwait(false) - OwnNodes;
            if (others == 0 || services.Bus.Publish(services.Wire.Requests, message)) acks.Count(others);
            else acks.CutOff(nodes: 0);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            acks.CutOff(nodes: 0);
        }
    }
}
