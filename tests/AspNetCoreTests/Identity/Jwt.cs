using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TypedSocketRedis.Tests.Identity;

/// <summary>JSON Web Tokens, and the scheme <c>Bearer</c> that accepts them.</summary>
internal static class Jwt
{
    private static readonly SymmetricSecurityKey Key = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    public static string Of(string user, string? role = null, DateTime? expires = null)
    {
        var end = expires ?? DateTime.UtcNow.AddHours(1);
        var identity = new ClaimsIdentity([new Claim("sub", user), new Claim("name", user)]);
        if (role is not null) identity.AddClaim(new Claim("role", role));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "tests",
            Audience = "sockets",
            Subject = identity,
            NotBefore = end.AddHours(-2),
            IssuedAt = end.AddHours(-2),
            Expires = end,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Returns an <c>auth</c> payload with a token.</summary>
    public static string Auth(string user, string? role = null, DateTime? expires = null) =>
        $$"""{"token":"{{Of(user, role, expires)}}"}""";

    public static void Add(IServiceCollection services) =>
        services.AddAuthentication().AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = "tests",
                ValidAudience = "sockets",
                IssuerSigningKey = Key,
                NameClaimType = "name",
                RoleClaimType = "role",
                ClockSkew = TimeSpan.Zero,
            };
        });

    /// <summary>Reads the token from <c>auth.token</c>.</summary>
    public static void AddTo(SocketIOBuilder builder) =>
        builder.AddAuthentication(JwtBearerDefaults.AuthenticationScheme, auth => auth["token"]);
}
