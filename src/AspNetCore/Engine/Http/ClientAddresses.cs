using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TypedSocketRedis.Engine;

/// <summary>Counts the sessions of each client address.</summary>
/// <remarks>An IPv6 address counts by its first 64 bits, because one client usually has the whole /64 network.</remarks>
/// <param name="capacity">The maximum number of sessions per address, or null to count nothing.</param>
internal sealed class ClientAddresses(int? capacity)
{
    private const int AddressBytes = 16;

    private readonly ConcurrentDictionary<ulong, int> _counts = new();

    /// <summary>The number of addresses that have at least one session.</summary>
    public int Count => _counts.Count;

    /// <summary>Returns the key under which an address is counted, or null if it is not counted.</summary>
    public ulong? KeyOf(IPAddress? address)
    {
        if (capacity is null || address is null) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[AddressBytes];
        address.TryWriteBytes(bytes, out _);

        // No routed IPv6 prefix starts with eight zero bytes, so an IPv4 key never equals an IPv6 key.
        return address.AddressFamily == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Counts one more session of an address; returns false if the address already has the maximum.</summary>
    public bool TryEnter(ulong key)
    {
        while (true)
        {
            var count = _counts.GetOrAdd(key, 0);
            if (count >= capacity) return false;
            if (_counts.TryUpdate(key, count + 1, count)) return true;
        }
    }

    /// <summary>Counts one session of an address less.</summary>
    public void Leave(ulong key)
    {
        while (_counts.TryGetValue(key, out var count))
        {
            // An address without sessions is removed. If a session is added in between, the entry has changed and the
            // removal is retried.
            if (count <= 1 ? _counts.TryRemove(KeyValuePair.Create(key, count)) : _counts.TryUpdate(key, count - 1, count)) return;
        }
    }
}
