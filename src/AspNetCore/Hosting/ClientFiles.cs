using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis;

/// <summary>Serves the bundles of the official client from a folder, under the names that pages request.</summary>
/// <remarks>Only these names are mapped, so that no request can name another file.</remarks>
internal static class ClientFiles
{
    private static readonly string[] Bundles = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"];

    /// <summary>Returns a value indicating whether a file name belongs to the client, even if the folder does not contain it.</summary>
    public static bool IsName(string name)
    {
        const string map = ".map";
        var bundle = name.EndsWith(map, StringComparison.OrdinalIgnoreCase) ? name[..^map.Length] : name;
        return Bundles.Contains(bundle, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Maps the files.</summary>
    /// <param name="endpoints">The routes.</param>
    /// <param name="pattern">The server's path.</param>
    /// <param name="folder">The full path of the folder.</param>
    public static void Map(IEndpointRouteBuilder endpoints, string pattern, string folder)
    {
        foreach (var bundle in Bundles)
        {
            Map(endpoints, pattern, folder, bundle, "application/javascript; charset=utf-8");
            Map(endpoints, pattern, folder, bundle + ".map", "application/json; charset=utf-8");
        }
    }

    private static void Map(IEndpointRouteBuilder endpoints, string pattern, string folder, string name, string type)
    {
        var file = Path.Combine(folder, name);

        // For all methods: another one would go on to the server's own route, which does not know the file.
        endpoints.Map($"{pattern.TrimEnd('/')}/{name}", context => SendAsync(context, file, type))
            .WithDisplayName("Socket.IO client");
    }

    private static Task SendAsync(HttpContext context, string file, string type)
    {
        RequestBody.Leave(context);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        var info = new FileInfo(file);
        if (!info.Exists) return TypedResults.NotFound().ExecuteAsync(context);
        context.Response.Headers.CacheControl = "public, max-age=0";
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{info.LastWriteTimeUtc.Ticks:x}-{info.Length:x}\"");
        return TypedResults.PhysicalFile(file, type, lastModified: info.LastWriteTimeUtc, entityTag: new EntityTagHeaderValue(tag))
            .ExecuteAsync(context);
    }
}
