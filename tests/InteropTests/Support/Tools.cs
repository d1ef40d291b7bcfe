using System.Reflection;

namespace TypedSocketRedis.Tests;

/// <summary>The programs that the tests require; a missing one fails the test with the package to install.</summary>
internal static class Tools
{
    public static string Redis => Find("redis-server", "Redis 7 or newer (Debian and Ubuntu: apt-get install redis-server)");

    public static string RedisCli => Find("redis-cli", "Redis 7 or newer (Debian and Ubuntu: apt-get install redis-server)");

    public static string Node => Find("node", "Node.js 20 or newer with npm (Debian and Ubuntu: apt-get install nodejs npm)");

    public static string Chromium => Find("chromium", "Chromium (Debian: apt-get install chromium)");

    public static string Php =>
        Find("php", "PHP with msgpack and redis (Debian and Ubuntu: apt-get install php-cli php-msgpack php-redis)");

    public static string Perl =>
        Find("perl", "Perl with Data::MessagePack and Redis (Debian and Ubuntu: apt-get install libdata-messagepack-perl libredis-perl)");

    public static string Nginx => Find("nginx", "nginx (Debian and Ubuntu: apt-get install nginx)");

    public static string HAProxy => Find("haproxy", "HAProxy (Debian and Ubuntu: apt-get install haproxy)");

    public static string Repository => Path.GetFullPath(Path.Combine(Metadata("NodeFolder"), "..", "..", ".."));

    public static string Dotnet => Find("dotnet", "the .NET SDK 10");

    public static string Clock => Metadata("Clock");

    public static string Chat => Metadata("Chat");

    public static string Yarp => Metadata("Yarp");

    public static string Worker => Metadata("Worker");

    public static string ConformanceHost => Metadata("ConformanceHost");

    /// <summary>Returns the path of a program in the folder of package.json.</summary>
    public static string Script(string name)
    {
        var folder = Metadata("NodeFolder");
        return Directory.Exists(Path.Combine(folder, "node_modules", "socket.io-msgpack-parser"))
            ? Path.Combine(folder, name)
            : throw new InvalidOperationException($"The official libraries are missing. Run: npm ci --prefix {folder}");
    }

    private static string Find(string name, string package) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{name} is missing. Install {package}.");

    private static string Metadata(string key) => Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
