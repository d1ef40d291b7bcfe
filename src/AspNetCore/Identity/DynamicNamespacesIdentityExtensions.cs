using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>The authentication and authorization of the clients of dynamic namespaces.</summary>
public static class DynamicNamespacesIdentityExtensions
{
    extension(DynamicNamespaces group)
    {
        /// <summary>Authenticates the clients of the namespaces with a bearer token, instead of the server's authentication.</summary>
        /// <remarks>See <see cref="SocketIOAuthenticationExtensions.AddAuthentication(SocketIOBuilder, string, Func{SocketArgument,
        /// SocketArgument})"/>.</remarks>
        /// <param name="scheme">The authentication scheme, which has to exist when the host starts.</param>
        /// <param name="token">The delegate that returns the token from the data that the client sent as <c>auth</c>.</param>
        /// <returns>The same object.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The scheme is empty.</exception>
        /// <exception cref="InvalidOperationException">An authentication has already been added.</exception>
        public DynamicNamespaces AddAuthentication(string scheme, Func<SocketArgument, SocketArgument> token)
        {
            group.Handlers.Authenticate(new TokenAuthentication(scheme, token));
            return group;
        }

        /// <summary>
        /// Authenticates the clients of the namespaces with a token that a delegate writes where the scheme reads it, instead of the
        /// server's authentication.
        /// </summary>
        /// <remarks>See <see cref="SocketIOAuthenticationExtensions.AddAuthentication(SocketIOBuilder, string, Action{HttpRequest,
        /// SocketArgument})"/>.</remarks>
        /// <param name="scheme">The authentication scheme, which has to exist when the host starts.</param>
        /// <param name="apply">The delegate that writes the token to the copy of the first request. Receives the copy, and the data that
        /// the client sent as <c>auth</c>.</param>
        /// <returns>The same object.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The scheme is empty.</exception>
        /// <exception cref="InvalidOperationException">An authentication has already been added.</exception>
        public DynamicNamespaces AddAuthentication(string scheme, Action<HttpRequest, SocketArgument> apply)
        {
            group.Handlers.Authenticate(new TokenAuthentication(scheme, TokenAuthentication.Completed(apply)));
            return group;
        }

        /// <summary>
        /// Authenticates the clients of the namespaces with a token that a delegate writes where the scheme reads it, instead of the
        /// server's authentication.
        /// </summary>
        /// <remarks>See <see cref="SocketIOAuthenticationExtensions.AddAuthentication(SocketIOBuilder, string, Func{HttpRequest,
        /// SocketArgument, Task})"/>.</remarks>
        /// <param name="scheme">The authentication scheme, which has to exist when the host starts.</param>
        /// <param name="apply">The delegate that writes the token to the copy of the first request. Receives the copy, and the data that
        /// the client sent as <c>auth</c>.</param>
        /// <returns>The same object.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The scheme is empty.</exception>
        /// <exception cref="InvalidOperationException">An authentication has already been added.</exception>
        public DynamicNamespaces AddAuthentication(string scheme, Func<HttpRequest, SocketArgument, Task> apply)
        {
            group.Handlers.Authenticate(new TokenAuthentication(scheme, apply));
            return group;
        }

        /// <summary>Requires the default policy of the application to connect to the namespaces.</summary>
        /// <remarks>
        /// <para>Authorization runs after the authentication and before the middlewares. All calls add up. A client that is refused gets
        /// a <c>connect_error</c> with <c>data.code</c> <c>unauthenticated</c> if it has no user, otherwise <c>forbidden</c>.</para>
        /// <para>The resource of handlers of requirements is the <see cref="ISocket"/>. A policy that names authentication schemes
        /// admits only users that one of them authenticated.</para>
        /// <para>The application needs <c>AddAuthorization</c>. A policy that does not exist stops the host at its start.</para>
        /// </remarks>
        /// <returns>The same object.</returns>
        public DynamicNamespaces RequireAuthorization() => group.RequireAuthorization(new AuthorizeAttribute());

        /// <summary>Requires policies of the application to connect to the namespaces.</summary>
        /// <inheritdoc cref="RequireAuthorization(DynamicNamespaces)"/>
        /// <param name="policies">The names of the policies.</param>
        /// <exception cref="ArgumentNullException">The list or a name is null.</exception>
        public DynamicNamespaces RequireAuthorization(params string[] policies)
        {
            ArgumentNullException.ThrowIfNull(policies);
            foreach (var policy in policies) ArgumentNullException.ThrowIfNull(policy, nameof(policies));
            IAuthorizeData[] data = [.. policies.Select(static policy => new AuthorizeAttribute(policy))];
            return data is [] ? group.RequireAuthorization() : group.RequireAuthorization(data);
        }

        /// <summary>Requires authorization to connect to the namespaces, for example that of roles.</summary>
        /// <inheritdoc cref="RequireAuthorization(DynamicNamespaces)"/>
        /// <param name="data">The required authorization, for example an <see cref="AuthorizeAttribute"/> with roles.</param>
        /// <exception cref="ArgumentNullException">The list or an element is null.</exception>
        public DynamicNamespaces RequireAuthorization(params IAuthorizeData[] data)
        {
            ArgumentNullException.ThrowIfNull(data);
            foreach (var one in data) ArgumentNullException.ThrowIfNull(one, nameof(data));
            foreach (var one in data) group.Handlers.Required.Add(one);
            return group;
        }

        /// <summary>Requires a policy to connect to the namespaces.</summary>
        /// <inheritdoc cref="RequireAuthorization(DynamicNamespaces)"/>
        /// <param name="policy">The policy.</param>
        /// <exception cref="ArgumentNullException">The policy is null.</exception>
        public DynamicNamespaces RequireAuthorization(AuthorizationPolicy policy)
        {
            ArgumentNullException.ThrowIfNull(policy);
            group.Handlers.Required.Add(policy);
            return group;
        }

        /// <summary>Requires a policy to connect to the namespaces, which a delegate configures at once.</summary>
        /// <inheritdoc cref="RequireAuthorization(DynamicNamespaces)"/>
        /// <param name="configure">The delegate that configures the policy.</param>
        /// <exception cref="ArgumentNullException">The delegate is null.</exception>
        public DynamicNamespaces RequireAuthorization(Action<AuthorizationPolicyBuilder> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            var policy = new AuthorizationPolicyBuilder();
            configure(policy);
            return group.RequireAuthorization(policy.Build());
        }
    }
}
