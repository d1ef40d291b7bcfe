using Yarp;
using Yarp.ReverseProxy.SessionAffinity;

// A proxy in front of Socket.IO nodes. All requests of a session reach the node that created it; without that, HTTP long-polling
// fails with "Session ID unknown". The routes, nodes and health checks are in appsettings.json.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSingleton<ISessionAffinityPolicy, SessionIdAffinity>();
builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));

var app = builder.Build();
app.MapReverseProxy();
await app.RunAsync();
