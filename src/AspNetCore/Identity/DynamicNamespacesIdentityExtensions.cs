using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>The authentication and authorization of the clients of dynamic namespaces.</summary>
public static class DynamicNamespacesIdentityExtensions
{
    extension(DynamicNamespaces group)
    {
        /// <inheritdoc cref="SocketNamespaceIdentityExtensions.AddAuthentication{TEvents}(ISocketNamespace{TEvents}, string,
        /// Func{SocketArgument, SocketArgument})"/>
        public DynamicNamespaces AddAuthentication(string scheme, Func<SocketArgument, SocketArgument> token)
        {
            group.Handlers.Authenticate(new TokenAuthentication(scheme, token));
            return group;
        }

        /// <inheritdoc cref="SocketNamespaceIdentityExtensions.AddAuthentication{TEvents}(ISocketNamespace{TEvents}, string,
        /// Action{HttpRequest, SocketArgument})"/>
        public DynamicNamespaces AddAuthentication(string scheme, Action<HttpRequest, SocketArgument> apply)
        {
            group.Handlers.Authenticate(new TokenAuthentication(scheme, TokenAuthentication.Completed(apply)));
            return group;
        }

        /// <inheritdoc cref="SocketNamespaceIdentityExtensions.AddAuthentication{TEvents}(ISocketNamespace{TEvents}, string,
        /// Func{HttpRequest, SocketArgument, Task})"/>
        public DynamicNamespaces AddAuthentication(string scheme, Func<HttpRequest, SocketArgument, Task> apply)
        {
            group.Handlers.Authenticate(new TokenAuthentication(scheme, apply));
            return group;
        }

        /// <inheritdoc cref="SocketNamespaceIdentityExtensions.RequireAuthorization{TEvents}(ISocketNamespace{TEvents})"/>
        public DynamicNamespaces RequireAuthorization() => group.RequireAuthorization(Array.Empty<string>());

        /// <inheritdoc cref="SocketNamespaceIdentityExtensions.RequireAuthorization{TEvents}(ISocketNamespace{TEvents}, string[])"/>
        public DynamicNamespaces RequireAuthorization(params string[] policies)
        {
            group.Handlers.Required.Add(policies);
            return group;
        }

        /// <inheritdoc cref="SocketNamespaceIdentityExtensions.RequireAuthorization{TEvents}(ISocketNamespace{TEvents},
        /// IAuthorizeData[])"/>
        public DynamicNamespaces RequireAuthorization(params IAuthorizeData[] data)
        {
            group.Handlers.Required.Add(data);
            return group;
        }

        /// <inheritdoc cref="SocketNamespaceIdentityExtensions.RequireAuthorization{TEvents}(ISocketNamespace{TEvents},
        /// AuthorizationPolicy)"/>
        public DynamicNamespaces RequireAuthorization(AuthorizationPolicy policy)
        {
            group.Handlers.Required.Add(policy);
            return group;
        }

        /// <inheritdoc cref="SocketNamespaceIdentityExtensions.RequireAuthorization{TEvents}(ISocketNamespace{TEvents},
        /// Action{AuthorizationPolicyBuilder})"/>
        public DynamicNamespaces RequireAuthorization(Action<AuthorizationPolicyBuilder> configure)
        {
            group.Handlers.Required.Add(configure);
            return group;
        }
    }
}
