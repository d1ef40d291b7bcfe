using System.Security.Claims;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chat;

/// <summary>The tokens of users, which every node accepts.</summary>
/// <param name="key">The key of the signatures, the same on all nodes; at least 32 bytes.</param>
internal sealed class Tokens(string key)
{
    private const string Chat = "chat";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private readonly SymmetricSecurityKey _key = new(Encoding.UTF8.GetBytes(key));

    public TokenValidationParameters Validation => new() { ValidIssuer = Chat, ValidAudience = Chat, IssuerSigningKey = _key };

    /// <summary>Returns a token for a user. Its subject is the id of the user: <c>Socket.UserId</c> in a handler.</summary>
    public string Create(string name) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Chat,
        Audience = Chat,
        Subject = new ClaimsIdentity([new Claim("sub", name)]),
        Expires = DateTime.UtcNow + Lifetime,
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
    });
}
