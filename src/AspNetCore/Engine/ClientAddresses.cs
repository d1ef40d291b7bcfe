using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TypedSocketRedis.Engine;

/// <summary>Counts the sessions of each client address.</summary>
/// <remarks>Of an IPv6 address the first 64 bits count, because one client has all of the rest to itself.</remarks>
/// <param name="capacity">How many sessions one address may have; null: nothing is counted.</param>
internal sealed class ClientAddresses(int? capacity)
{
    private const int AddressBytes = 16;

    private readonly ConcurrentDictionary<ulong, int> _counts = new();

    /// <summary>The number of addresses that are counted.</summary>
    public int Count => _counts.Count;

    /// <summary>What an address is counted under; null: it is not.</summary>
    public ulong? KeyOf(IPAddress? address)
    {
        if (capacity is null || address is null) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[AddressBytes];
        address.TryWriteBytes(bytes, out _);

        // No routed IPv6 prefix starts with eight zero bits, so the two kinds do not meet.
        return address.AddressFamily == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Counts one more; false when there are as many as there may be.</summary>
    public bool TryEnter(ulong key)
    {
        while (true)
        {
            var count = _counts.GetOrAdd(key, 0);
            if (count >= capacity) return false;
            if (_counts.TryUpdate(key, count + 1, count)) return true;
        }
    }

    /// <summary>Counts one less.</summary>
    public void Leave(ulong key)
    {
        while (_counts.TryGetValue(key, out var count))
        {
            // An address without sessions is forgotten; should one come between the two, the entry has changed and stays.
            if (count <= 1 ? _counts.TryRemove(KeyValuePair.Create(key, count)) : _counts.TryUpdate(key, count - 1, count)) return;
        }
    }
}
