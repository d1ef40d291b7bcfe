using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSocketRedis.Tests.Delegates;

namespace TypedSocketRedis.Tests.Identity;

/// <summary>A scheme that trusts a header: <c>X-Test: name</c>, or <c>name,role,seconds until the expiration</c>.</summary>
internal sealed class TestScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "test";

    public const string Header = "X-Test";

    public static void Add(IServiceCollection services, Fault? fault) => Add(services);

    public static void Add(IServiceCollection services) =>
        services.AddAuthentication(Name).AddScheme<AuthenticationSchemeOptions, TestScheme>(Name, null);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Header].ToString();
        if (header.Length == 0) return Task.FromResult(AuthenticateResult.NoResult());
        var parts = header.Split(',');
        switch (parts[0])
        {
            case "broken":
                throw new NotSupportedException("the scheme is broken");
            case "anonymous":
                return Success(new ClaimsIdentity(), new AuthenticationProperties());
            case "bad":
                return Task.FromResult(AuthenticateResult.Fail("bad"));
            case "late":
                var expired = new AuthenticationProperties { ExpiresUtc = TimeProvider.GetUtcNow() };
                return Task.FromResult(AuthenticateResult.Fail("late", expired));
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, parts[0])], "header");
        if (parts is [_, { Length: > 0 } role, ..]) identity.AddClaim(new Claim(ClaimTypes.Role, role));
        var properties = new AuthenticationProperties();
        if (parts is [_, _, var seconds])
            properties.ExpiresUtc = TimeProvider.GetUtcNow().AddSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        return Success(identity, properties);
    }

    private static Task<AuthenticateResult> Success(ClaimsIdentity identity, AuthenticationProperties properties) =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Name)));
}
