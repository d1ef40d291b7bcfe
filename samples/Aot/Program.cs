using Aot;
using TypedSocketRedis;

// A server and an emitter in one native program, without reflection at run time. A client that sends "send" receives an event with
// each type of payload, over Redis; every payload that it sends back is decoded by the generated dispatcher, and is the acknowledgement.
var builder = WebApplication.CreateSlimBuilder(args);
var redis = builder.Configuration["redis"] ?? "localhost:6379";

builder.Services.AddSocketIO()
    .AddRedisAdapter(redis)
    .AddHandler<AotHandler>();
builder.Services.AddKeyedSocketIOEmitter(AotHandler.Emitter, emitter => emitter.Configuration = redis);

var app = builder.Build();
app.MapSocketIO();

// An event without a contract, whose payload has a generated formatter because of its attribute.
app.Services.GetRequiredService<SocketIOServer>().Of("/aot").On("profile", (_, arguments) =>
    Task.FromResult(SocketArguments.Of(SocketArgument.Payload(arguments[0].GetPayload<Profile>()))));

await app.RunAsync();
