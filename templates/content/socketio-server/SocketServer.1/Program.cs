using SocketServer._1;
#if (auth)
using Microsoft.AspNetCore.Authentication.JwtBearer;
#endif
using TypedSocketRedis;

var builder = WebApplication.CreateBuilder(args);
#if (auth)

// "dotnet user-jwts create --name Ada" makes a token for development, and the configuration that accepts it.
builder.Services.AddAuthentication().AddJwtBearer();
builder.Services.AddAuthorization();
#endif

builder.Services.AddSocketIO()
#if (redis)
    .AddRedisAdapter(builder.Configuration.GetConnectionString("Redis")!)
#endif
#if (auth)
    .AddAuthentication(JwtBearerDefaults.AuthenticationScheme, auth => auth["token"])
#endif
    .AddHandler<ChatHandler>();

#if (redis)
builder.Services.AddHealthChecks().AddSocketIORedis();
#else
builder.Services.AddHealthChecks();
#endif

var app = builder.Build();
#if (typescript)
app.UseDefaultFiles();
app.UseStaticFiles();
#endif
app.MapHealthChecks("/health");
app.MapSocketIO();
app.Run();
