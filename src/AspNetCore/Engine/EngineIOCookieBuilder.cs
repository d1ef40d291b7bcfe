using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis;

/// <summary>
/// The cookie that holds a client's session id. The defaults are the attributes of the JavaScript server:
/// <c>io=…; Path=/; HttpOnly; SameSite=Lax</c>.
/// </summary>
/// <remarks>Over TLS the cookie is also <c>Secure</c>, unless <see cref="CookieBuilder.SecurePolicy"/> is set otherwise.</remarks>
public sealed class EngineIOCookieBuilder : CookieBuilder
{
    /// <summary>Initializes a new instance of the <see cref="EngineIOCookieBuilder"/> class with the default attributes.</summary>
    public EngineIOCookieBuilder()
    {
        Name = "io";
        Path = "/";
        HttpOnly = true;
        SameSite = SameSiteMode.Lax;
    }
}
