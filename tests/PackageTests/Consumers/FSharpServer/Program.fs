open System
open System.Threading.Tasks
open Contracts
open Microsoft.AspNetCore.Builder
open Microsoft.Extensions.DependencyInjection
open TypedSocketRedis

let builder = WebApplication.CreateBuilder(Environment.GetCommandLineArgs()[1..])
builder.Services.AddSocketIO() |> ignore
let app = builder.Build()
app.MapSocketIO() |> ignore

let io = app.Services.GetRequiredService<SocketIOServer>()

let greet (_: ISocket) (arguments: SocketArguments) : Task<SocketArgument> =
    task {
        let name = arguments[0].GetString()
        do! io.Of<IGreetingEvents>().All.Greeted(Greeting($"{name} on F#", 3))
        return SocketArgument.op_Implicit name.Length
    }

io.Of("/").On("greet", Func<ISocket, SocketArguments, Task<SocketArgument>>(greet)) |> ignore
app.Run()
