using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Engine;

/// <summary>Writes the cookie with a session id, in the order and spelling of the JavaScript server.</summary>
internal static class SessionCookie
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Returns a value indicating whether a name is a valid cookie name (RFC 6265 section 4.1.1).</summary>
    public static bool IsName(string? name) => !string.IsNullOrEmpty(name) && !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    public static void Append(HttpContext context, CookieBuilder? cookie, string sid, DateTimeOffset now)
    {
        if (cookie is not null) context.Response.Headers.Append("Set-Cookie", Text(cookie.Name!, sid, cookie.Build(context, now)));
    }

    private static string Text(string name, string sid, CookieOptions options)
    {
        var text = new StringBuilder(name).Append('=').Append(sid);
        if (options.MaxAge is { } age) text.Append(CultureInfo.InvariantCulture, $"; Max-Age={(long)age.TotalSeconds}");
        if (!string.IsNullOrEmpty(options.Domain)) text.Append("; Domain=").Append(options.Domain);
        if (!string.IsNullOrEmpty(options.Path)) text.Append("; Path=").Append(options.Path);
        if (options.Expires is { } end) text.Append("; Expires=").Append(end.ToString("R", CultureInfo.InvariantCulture));
        if (options.HttpOnly) text.Append("; HttpOnly");
        if (options.Secure) text.Append("; Secure");
        if (options.SameSite >= SameSiteMode.None) text.Append("; SameSite=").Append(options.SameSite.ToString());
        foreach (var extension in options.Extensions) text.Append("; ").Append(extension);
        return text.ToString();
    }
}
