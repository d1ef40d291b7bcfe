using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Compresses responses in an encoding that the client accepts (RFC 9110 section 12.5.3).</summary>
internal static class HttpEncoding
{
    private const string Gzip = "gzip";
    private const string Deflated = "deflate";
    private const string Any = "*";

    /// <summary>
    /// Returns the encoding with the highest quality value, preferring <c>gzip</c> to <c>deflate</c>, or null if the client accepts
    /// neither.
    /// </summary>
    /// <param name="accepted">The header <c>Accept-Encoding</c>.</param>
    public static string? Choose(StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var all)) return null;
        var (gzip, deflate) = (Quality(all, Gzip), Quality(all, Deflated));
        if (gzip <= 0 && deflate <= 0) return null;
        return gzip >= deflate ? Gzip : Deflated;
    }

    /// <summary>Appends a body in its encoded form.</summary>
    public static void Encode(string encoding, CompressionLevel level, ReadOnlySpan<byte> body, PooledBuffer to)
    {
        using var memory = new MemoryStream();
        using (Stream stream = encoding == Gzip ? new GZipStream(memory, level, leaveOpen: true)
            : new ZLibStream(memory, level, leaveOpen: true))
        {
            stream.Write(body);
        }

        to.Write(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    private static double Quality(IList<StringWithQualityHeaderValue> all, string name)
    {
        double quality = 0;
        foreach (var one in all)
        {
            if (one.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) return one.Quality ?? 1;
            if (one.Value == Any) quality = one.Quality ?? 1;
        }

        return quality;
    }
}
