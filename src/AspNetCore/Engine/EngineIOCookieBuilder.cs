using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis;

/// <summary>The cookie that holds a client's session id, with the attributes of the JavaScript server: <c>io=…; Path=/; HttpOnly; SameSite=Lax</c>.</summary>
/// <remarks>Over TLS it is <c>Secure</c> as well, unless <see cref="CookieBuilder.SecurePolicy"/> says otherwise.</remarks>
public sealed class EngineIOCookieBuilder : CookieBuilder
{
    /// <summary>Makes the settings with their defaults.</summary>
    public EngineIOCookieBuilder()
    {
        Name = "io";
        Path = "/";
        HttpOnly = true;
        SameSite = SameSiteMode.Lax;
    }
}
