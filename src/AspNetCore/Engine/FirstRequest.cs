using System.Net;
using System.Runtime.Versioning;
using System.Security.Claims;
using System.Security.Principal;
using MessagePack;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>What is kept of the request that opened a session: all that the <see cref="Handshake"/> of its sockets tells, in as few bytes as an idle client should cost.</summary>
/// <param name="kept">MessagePack: headers, address, secure, issued, url, one after the other.</param>
internal readonly struct FirstRequest(byte[] kept)
{
    /// <summary>Reads the request; nothing of the context is kept.</summary>
    /// <param name="context">The request that opens a session.</param>
    /// <param name="now">When it came.</param>
    public static FirstRequest Read(HttpContext context, DateTimeOffset now)
    {
        var request = context.Request;

        // Copied at once: an enumerator would stay with the headers as long as a websocket does.
        var headers = new KeyValuePair<string, StringValues>[request.Headers.Count];
        request.Headers.CopyTo(headers, 0);
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(headers.Length);
        foreach (var (name, values) in headers)
        {
            writer.Write(name);
            writer.Write(Joined(name, values));
        }

        writer.Write(Address(context)?.ToString() ?? "");
        writer.Write(request.IsHttps);
        writer.Write(now.ToUnixTimeMilliseconds());
        writer.Write(request.GetEncodedPathAndQuery());
        writer.Flush();
        return new FirstRequest(buffer.WrittenSpan.ToArray());
    }

    /// <summary>The number of bytes it is kept in.</summary>
    public int Size => kept.Length;

    /// <summary>The request as <see cref="HandshakeWriter"/> writes it, made anew at each call.</summary>
    public byte[] ToHandshake()
    {
        var reader = new MessagePackReader(kept);
        var headers = new KeyValuePair<string, string>[reader.ReadMapHeader()];
        for (var i = 0; i < headers.Length; i++) headers[i] = KeyValuePair.Create(reader.ReadString()!, reader.ReadString()!);
        var address = reader.ReadString()!;
        var secure = reader.ReadBoolean();
        var issued = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var url = reader.ReadString()!;
        return HandshakeWriter.Write(headers, address, secure, issued, url, Query(url));
    }

    /// <summary>Where the request comes from.</summary>
    public static IPAddress? Address(HttpContext context) => context.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;

    /// <summary>Who made the request; null when nothing is known of them, so that nothing is kept.</summary>
    public static ClaimsPrincipal? User(HttpContext context)
    {
        // The property would make somebody out of nobody.
        if (context.Features.Get<IHttpAuthenticationFeature>()?.User is not { } user) return null;
        if (!user.Identities.Any(static identity => identity.IsAuthenticated || identity.Claims.Any())) return null;

        // The handle of a Windows identity is closed with its request.
        return OperatingSystem.IsWindows() && user.Identity is WindowsIdentity windows ? Copy(user, windows) : user;
    }

    [SupportedOSPlatform("windows")]
    private static WindowsPrincipal Copy(ClaimsPrincipal user, WindowsIdentity windows)
    {
        var copy = new WindowsPrincipal((WindowsIdentity)windows.Clone());
        copy.AddIdentities(user.Identities.Where(identity => identity != windows));
        return copy;
    }

    private static OrderedDictionary<string, string> Query(string url)
    {
        var query = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var start = url.IndexOf('?', StringComparison.Ordinal);
        if (start < 0) return query;
        foreach (var one in new QueryStringEnumerable(url.AsMemory(start))) query[one.DecodeName().ToString()] = one.DecodeValue().ToString();
        return query;
    }

    private static string Joined(string name, StringValues values) => values.Count == 1
        ? values.ToString()
        : string.Join(name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values.ToArray());
}
