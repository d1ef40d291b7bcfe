using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>A copy of the request that opened a connection, for one authentication.</summary>
/// <remarks>
/// ASP.NET Core caches the result of an authentication in the request and its services, so that a second token in the same request would
/// get the user of the first one.
/// </remarks>
internal static class FreshRequest
{
    /// <summary>Creates the context of a request without a response that anything receives.</summary>
    /// <param name="data">The request that opened the connection.</param>
    /// <param name="services">The services of the request.</param>
    /// <param name="certificate">The client certificate, or null for none.</param>
    /// <param name="aborted">The token that is canceled when the result is no longer needed.</param>
    public static HttpContext Create(
        RequestData data, IServiceProvider services, X509Certificate2? certificate, CancellationToken aborted)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in data.Headers) headers[name] = value;
        var query = data.Url.IndexOf('?', StringComparison.Ordinal);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = HttpMethods.Get,
            Protocol = HttpProtocol.Http11,
            Scheme = data.IsSecure ? "https" : "http",
            PathBase = Decode(data.Url[..data.PathBaseLength]),
            Path = Decode(data.Url[data.PathBaseLength..(query < 0 ? data.Url.Length : query)]),
            QueryString = query < 0 ? "" : data.Url[query..],
            RawTarget = data.Url,
            Headers = headers,
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature
        {
            RemoteIpAddress = IPAddress.TryParse(data.Address, out var address) ? address : null,
        });
        if (certificate is not null) features.Set<ITlsConnectionFeature>(new TlsConnectionFeature { ClientCertificate = certificate });
        return new DefaultHttpContext(features) { RequestServices = services, RequestAborted = aborted };
    }

    private static string Decode(string encoded) => PathString.FromUriComponent(encoded).Value ?? "";
}
