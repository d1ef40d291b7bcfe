using System.Net;
using System.Runtime.Versioning;
using System.Security.Claims;
using System.Security.Principal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>Takes from a client's first request what its sockets tell of it as their <see cref="Handshake"/>.</summary>
internal static class FirstRequest
{
    /// <summary>Reads the request; nothing of the context is kept.</summary>
    /// <param name="context">The request that opens a session.</param>
    /// <param name="now">When it came.</param>
    /// <returns>Its bytes, as <see cref="HandshakeWriter"/> writes them.</returns>
    public static byte[] Read(HttpContext context, DateTimeOffset now)
    {
        var request = context.Request;

        // Copied at once: an enumerator would stay with the headers as long as a websocket does.
        var all = new KeyValuePair<string, StringValues>[request.Headers.Count];
        request.Headers.CopyTo(all, 0);
        var headers = Array.ConvertAll(all, static header => KeyValuePair.Create(header.Key, Joined(header.Key, header.Value)));
        var query = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in new QueryStringEnumerable(request.QueryString.Value)) query[one.DecodeName().ToString()] = one.DecodeValue().ToString();
        return HandshakeWriter.Write(headers, Address(context)?.ToString() ?? "", request.IsHttps, now, request.GetEncodedPathAndQuery(), query);
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

    private static string Joined(string name, StringValues values) => values.Count == 1
        ? values.ToString()
        : string.Join(name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values.ToArray());
}
