using System.Buffers;
using System.Net;
using System.Runtime.Versioning;
using System.Security.Claims;
using System.Security.Principal;
using MessagePack;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>
/// The data kept of the request that opened a session: everything that the <see cref="Handshake"/> of its sockets contains, in as few
/// bytes as possible, because every idle client holds it.
/// </summary>
/// <param name="kept">The data as MessagePack values in this order: headers, address, secure, issued, url, length of the path base,
/// client certificate, authentication scheme, expiration of the authentication, protocol, method.</param>
internal readonly struct FirstRequest(byte[] kept)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Connect];

    // One byte of the kept data names the protocol, one a usual method, and one each usual header.
    private static readonly string[] Protocols = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"];

    private static readonly string[] Usual =
    [
        HeaderNames.Host, HeaderNames.Connection, HeaderNames.Upgrade, HeaderNames.SecWebSocketKey, HeaderNames.SecWebSocketVersion,
        HeaderNames.SecWebSocketExtensions, HeaderNames.SecWebSocketProtocol, HeaderNames.Origin, HeaderNames.UserAgent,
        HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.CacheControl, HeaderNames.Pragma,
        HeaderNames.Cookie, HeaderNames.Referer, HeaderNames.Authorization, "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site",
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP",
    ];

    /// <summary>Copies the request without keeping a reference to its context.</summary>
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
            WriteUsual(ref writer, Usual, name);
            writer.Write(Joined(name, values));
        }

        writer.Write(Address(context)?.ToString() ?? "");
        writer.Write(request.IsHttps);
        writer.Write(now.ToUnixTimeMilliseconds());
        writer.Write(request.GetEncodedPathAndQuery());
        writer.Write(request.PathBase.ToUriComponent().Length);
        WriteAuthentication(ref writer, context);
        writer.Write(Array.IndexOf(Protocols, request.Protocol));
        WriteUsual(ref writer, Methods, request.Method);
        writer.Flush();
        return new FirstRequest(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Decodes the data into the form that applications read.</summary>
    public SocketRequest ToRequest()
    {
        var data = Read();
        return new SocketRequest
        {
            Headers = data.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase),
            Path = data.Url.Split('?', 2)[0],
            Query = Query(data.Url),
            RemoteAddress = IPAddress.TryParse(data.Address, out var parsed) ? parsed : null,
            IsHttps = data.IsSecure,
            Protocol = data.Protocol,
            ReceivedAt = data.Issued,
            Certificate = data.Certificate,
            Method = data.Method,
        };
    }

    /// <summary>The size of the kept data, in bytes.</summary>
    public int Size => kept.Length;

    /// <summary>Returns the request in the form that <see cref="HandshakeWriter"/> writes, which is created by each call.</summary>
    public byte[] ToHandshake()
    {
        var data = Read();
        return HandshakeWriter.Write(data.Headers, data.Address, data.IsSecure, data.Issued, data.Url, Query(data.Url));
    }

    /// <summary>Returns the kept data, which is created by each call.</summary>
    public RequestData Read()
    {
        var reader = new MessagePackReader(kept);
        return new RequestData(
            Headers(ref reader),
            reader.ReadString()!,
            reader.ReadBoolean(),
            DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            reader.ReadString()!,
            reader.ReadInt32(),
            reader.TryReadNil() ? null : reader.ReadBytes()?.ToArray(),
            reader.ReadString(),
            reader.TryReadNil() ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            reader.ReadInt32() is >= 0 and var protocol ? Protocols[protocol] : "",
            ReadUsual(ref reader, Methods));
    }

    /// <summary>Returns the time at which the request arrived, to the millisecond.</summary>
    public DateTimeOffset ReadTime()
    {
        var reader = new MessagePackReader(kept);
        for (var before = 3; before > 0; before--) reader.Skip();
        return DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
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

    private static void WriteAuthentication(ref MessagePackWriter writer, HttpContext context)
    {
        // A certificate that has not been negotiated is not requested from the client.
        if (context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate) writer.Write(certificate.RawData);
        else writer.WriteNil();
        var ticket = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket;
        writer.Write(ticket?.AuthenticationScheme);
        if (ticket?.Properties.ExpiresUtc is { } expires) writer.Write(expires.ToUnixTimeMilliseconds());
        else writer.WriteNil();
    }

    [SupportedOSPlatform("windows")]
    private static WindowsPrincipal Copy(ClaimsPrincipal user, WindowsIdentity windows)
    {
        var copy = new WindowsPrincipal((WindowsIdentity)windows.Clone());
        copy.AddIdentities(user.Identities.Where(identity => identity != windows));
        return copy;
    }

    private static void WriteUsual(ref MessagePackWriter writer, string[] usual, string text)
    {
        var known = Array.IndexOf(usual, text);
        if (known >= 0) writer.Write(known);
        else writer.Write(text);
    }

    private static string ReadUsual(ref MessagePackReader reader, string[] usual) =>
        reader.NextMessagePackType == MessagePackType.Integer ? usual[reader.ReadInt32()] : reader.ReadString()!;

    private static KeyValuePair<string, string>[] Headers(ref MessagePackReader reader)
    {
        var headers = new KeyValuePair<string, string>[reader.ReadMapHeader()];
        for (var i = 0; i < headers.Length; i++) headers[i] = KeyValuePair.Create(ReadUsual(ref reader, Usual), reader.ReadString()!);
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

/// <summary>The data kept of the request that opened a session, decoded.</summary>
/// <param name="Headers">The headers; the values of a repeated one are joined.</param>
/// <param name="Address">The IP address from which the request was sent, or empty text if it is unknown.</param>
/// <param name="IsSecure">True if the request was sent over TLS.</param>
/// <param name="Issued">The time at which the request arrived.</param>
/// <param name="Url">The encoded path and query, with the path base.</param>
/// <param name="PathBaseLength">The length of the encoded path base at the start of the URL.</param>
/// <param name="Certificate">The client certificate in DER, or null for none.</param>
/// <param name="Scheme">The authentication scheme of its user, or null for none; several are separated by semicolons.</param>
/// <param name="Expires">The time at which the authentication of its user expires, or null for none.</param>
/// <param name="Protocol">The HTTP version, or empty text if it is unknown.</param>
/// <param name="Method">The HTTP method.</param>
internal sealed record RequestData(
    KeyValuePair<string, string>[] Headers,
    string Address,
    bool IsSecure,
    DateTimeOffset Issued,
    string Url,
    int PathBaseLength,
    byte[]? Certificate,
    string? Scheme,
    DateTimeOffset? Expires,
    string Protocol,
    string Method);
