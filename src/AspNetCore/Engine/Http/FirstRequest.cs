using System.Buffers;
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

/// <summary>
/// The data kept of the request that opened a session: everything that the <see cref="Handshake"/> of its sockets contains, in as few
/// bytes as possible, because every idle client holds it.
/// </summary>
/// <param name="kept">The data as MessagePack values in this order: headers, address, secure, issued, url, protocol, client
/// certificate, method.</param>
internal readonly struct FirstRequest(byte[] kept)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Connect];

    // One byte of the kept data names the protocol, and one a usual method.
    private static readonly string[] Protocols = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"];

    /// <summary>Reads the request without keeping a reference to its context.</summary>
    /// <param name="context">The request that opens a session.</param>
    /// <param name="now">The time at which the request arrived.</param>
    public static FirstRequest Read(HttpContext context, DateTimeOffset now)
    {
        var request = context.Request;

        // Copied at once: the enumerator is cached with the headers and would stay in memory as long as a WebSocket does.
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
        writer.Write(Array.IndexOf(Protocols, request.Protocol));
        if (context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate) writer.Write(certificate.RawData);
        else writer.WriteNil();
        WriteMethod(ref writer, request.Method);
        writer.Flush();
        return new FirstRequest(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Decodes the data into the form that applications read.</summary>
    public SocketRequest ToRequest()
    {
        var reader = new MessagePackReader(kept);
        var headers = Headers(ref reader);
        var address = reader.ReadString();
        var secure = reader.ReadBoolean();
        var issued = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var url = reader.ReadString()!;
        var protocol = reader.ReadInt32();
        var certificate = reader.TryReadNil() ? null : reader.ReadBytes()?.ToArray();
        var method = reader.NextMessagePackType == MessagePackType.Integer ? Methods[reader.ReadInt32()] : reader.ReadString()!;
        return new SocketRequest
        {
            Headers = headers.ToDictionary(StringComparer.OrdinalIgnoreCase),
            Path = url.Split('?', 2)[0],
            Query = Query(url),
            RemoteAddress = IPAddress.TryParse(address, out var parsed) ? parsed : null,
            IsHttps = secure,
            Protocol = protocol < 0 ? "" : Protocols[protocol],
            ReceivedAt = issued,
            Certificate = certificate,
            Method = method,
        };
    }

    /// <summary>The size of the kept data, in bytes.</summary>
    public int Size => kept.Length;

    /// <summary>Returns the request in the form that <see cref="HandshakeWriter"/> writes, which is created by each call.</summary>
    public byte[] ToHandshake()
    {
        var reader = new MessagePackReader(kept);
        var headers = Headers(ref reader);
        var address = reader.ReadString()!;
        var secure = reader.ReadBoolean();
        var issued = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var url = reader.ReadString()!;
        return HandshakeWriter.Write(headers, address, secure, issued, url, Query(url));
    }

    /// <summary>Returns the IP address from which the request was sent, or null if it is unknown.</summary>
    public static IPAddress? Address(HttpContext context) => context.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;

    /// <summary>Returns the user of the request, or null for an anonymous user without claims, so that nothing is kept.</summary>
    public static ClaimsPrincipal? User(HttpContext context)
    {
        // HttpContext.User would create a principal for an anonymous request.
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

    private static void WriteMethod(ref MessagePackWriter writer, string method)
    {
        var known = Array.IndexOf(Methods, method);
        if (known >= 0) writer.Write(known);
        else writer.Write(method);
    }

    private static KeyValuePair<string, string>[] Headers(ref MessagePackReader reader)
    {
        var headers = new KeyValuePair<string, string>[reader.ReadMapHeader()];
        for (var i = 0; i < headers.Length; i++) headers[i] = KeyValuePair.Create(reader.ReadString()!, reader.ReadString()!);
        return headers;
    }

    /// <summary>Returns the parameters of the query of a URL or a namespace; for a repeated one, the last value.</summary>
    public static OrderedDictionary<string, string> Query(string url)
    {
        var query = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var start = url.IndexOf('?', StringComparison.Ordinal);
        if (start < 0) return query;
        foreach (var one in new QueryStringEnumerable(url.AsMemory(start)))
            query[one.DecodeName().ToString()] = one.DecodeValue().ToString();
        return query;
    }

    private static string Joined(string name, StringValues values) => values.Count == 1
        ? values.ToString()
        : string.Join(name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values.ToArray());
}
