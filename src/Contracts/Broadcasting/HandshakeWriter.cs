using System.Globalization;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Converts a client's first request into the bytes of its <see cref="Handshake"/>, except <c>auth</c>.</summary>
internal static class HandshakeWriter
{
    /// <summary>Writes the request with its members in the order of Node's servers.</summary>
    /// <param name="headers">The headers, each name once.</param>
    /// <param name="address">The client's IP address.</param>
    /// <param name="secure">True if the request was sent over TLS.</param>
    /// <param name="issued">The time at which the request arrived.</param>
    /// <param name="url">Its path and query.</param>
    /// <param name="query">The parameters of the query, each name once.</param>
    /// <returns>A MessagePack map in an array of its exact size, which is kept for the connection.</returns>
    public static byte[] Write(
        IReadOnlyCollection<KeyValuePair<string, string>> headers,
        string address,
        bool secure,
        DateTimeOffset issued,
        string url,
        IReadOnlyCollection<KeyValuePair<string, string>> query)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(8);
        writer.WriteString("headers"u8);
        var isCrossOrigin = WriteHeaders(ref writer, headers);
        writer.WriteString("time"u8);
        writer.Write(TimeText(issued));
        writer.WriteString("address"u8);
        writer.Write(address);
        writer.WriteString("xdomain"u8);
        writer.Write(isCrossOrigin);
        writer.WriteString("secure"u8);
        writer.Write(secure);
        writer.WriteString("issued"u8);
        writer.Write(issued.ToUnixTimeMilliseconds());
        writer.WriteString("url"u8);
        writer.Write(url);
        writer.WriteString("query"u8);
        writer.WriteMapHeader(query.Count);
        foreach (var (name, value) in query)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Flush();
        PrototypeKey.Remove(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static bool WriteHeaders(ref MessagePackWriter writer, IReadOnlyCollection<KeyValuePair<string, string>> headers)
    {
        var isCrossOrigin = false;
        writer.WriteMapHeader(headers.Count);
        foreach (var (name, value) in headers)
        {
            var lower = name.ToLowerInvariant();
            isCrossOrigin |= lower == "origin" && value.Length > 0;
            writer.Write(lower);
            writer.Write(value);
        }

        return isCrossOrigin;
    }

    private static string TimeText(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("ddd MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", CultureInfo.InvariantCulture);
}
