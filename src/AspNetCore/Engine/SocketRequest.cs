using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace TypedSocketRedis;

/// <summary>The first HTTP request of a client, as it was when it arrived; valid after the request has ended.</summary>
/// <remarks>
/// <para>The data is kept in the form that the <see cref="Handshake"/> shares, and decoded by each access to
/// <see cref="ISocket.Request"/>. Store a request that is used repeatedly.</para>
/// <para>A client that changes from polling to a WebSocket sends further requests, whose data is not kept.</para>
/// </remarks>
public sealed class SocketRequest
{
    /// <summary>The HTTP method: <c>GET</c>, or <c>CONNECT</c> for a WebSocket over HTTP/2 or later.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The headers. Lookups ignore case; the values of a repeated header are joined.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path with the path base, as it was encoded in the URL.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The parameters of the query. For a repeated parameter, the last value is used.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The client's IP address, or that of the last proxy in front of the server; null if it is unknown.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>Gets a value indicating whether the request was sent over TLS.</summary>
    public bool IsHttps { get; init; }

    /// <summary>The HTTP protocol: <c>HTTP/1.0</c>, <c>HTTP/1.1</c>, <c>HTTP/2</c> or <c>HTTP/3</c>, or an empty string for another
    /// one.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>The time at which the request arrived.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    internal byte[]? Certificate { get; init; }

    /// <summary>Returns the certificate with which the client authenticated its TLS connection.</summary>
    /// <remarks>Only a certificate that had been requested when the first request arrived is available.</remarks>
    /// <returns>A new object that the caller disposes, or null if the client had no certificate.</returns>
    public X509Certificate2? GetClientCertificate() =>
        Certificate is null ? null : X509CertificateLoader.LoadCertificate(Certificate);
}
