namespace FSharpHandlers

open Contracts
open TypedSocketRedis

type GreetingHandler() =
    inherit SocketHandler<IGreetingEvents>()

    interface IGreetingCommands with
        member this.Greet name =
            task {
                do! this.Clients.All.Greeted(Greeting($"{name} in F#", 5))
                return name.Length
            }
