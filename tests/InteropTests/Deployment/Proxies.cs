namespace TypedSocketRedis.Tests.Deployment;

/// <summary>Nodes behind nginx with <c>deploy/nginx/socketio.conf</c>.</summary>
public class NginxNodes : ProxiedNodes
{
    private const string Main = """
        daemon off;
        pid nginx.pid;
        error_log stderr;
        events { }
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            include socketio.conf;
        }
        """;

    protected override (string Program, string[] Arguments) Prepare()
    {
        File.WriteAllText(Path.Combine(Folder, "nginx.conf"), Main);
        File.WriteAllText(Path.Combine(Folder, "socketio.conf"), Site());
        return (Tools.Nginx, ["-p", Folder, "-e", "stderr", "-c", "nginx.conf"]);
    }

    protected virtual string Site() => Configuration("deploy/nginx/socketio.conf");
}

/// <summary>Nodes behind nginx without the lines that make sessions sticky.</summary>
public sealed class NginxNodesWithoutStickiness : NginxNodes
{
    protected override string Site() => string.Join('\n', base.Site().Split('\n')
        .Where(line => !line.Contains("~^", StringComparison.Ordinal))
        .Select(line => line.Replace("least_conn;", "", StringComparison.Ordinal)));
}

/// <summary>Nodes behind HAProxy with <c>deploy/haproxy/haproxy.cfg</c>.</summary>
public sealed class HAProxyNodes : ProxiedNodes
{
    protected override (string Program, string[] Arguments) Prepare()
    {
        var file = Path.Combine(Folder, "haproxy.cfg");
        File.WriteAllText(file, Configuration("deploy/haproxy/haproxy.cfg"));
        return (Tools.HAProxy, ["-db", "-f", file]);
    }
}

/// <summary>Nodes behind the sample proxy with YARP and its <c>appsettings.json</c>.</summary>
public sealed class YarpNodes : ProxiedNodes
{
    protected override (string Program, string[] Arguments) Prepare()
    {
        var sample = Path.GetDirectoryName(Tools.Yarp)!;
        foreach (var file in Directory.GetFiles(sample)) File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(Folder, "appsettings.json"), Configuration("samples/Yarp/appsettings.json"));
        return (Tools.Dotnet, [Path.Combine(Folder, Path.GetFileName(Tools.Yarp))]);
    }
}
