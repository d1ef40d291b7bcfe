using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.ConformanceHost.Control;

/// <summary>The endpoint <c>POST /control</c>.</summary>
/// <remarks>Returns 200 with <c>{"result": ...}</c>, or <c>{"error": text}</c> with 400 for an unknown, 500 for a failed command.</remarks>
internal sealed class ControlEndpoint(Operations operations)
{
    public async Task<IResult> HandleAsync(HttpRequest request)
    {
        if (await ReadAsync(request) is not { } command || !operations.All.TryGetValue(command.Op, out var operation))
            return Answer(StatusCodes.Status400BadRequest, "error", "There is no such operation.");

        try
        {
            return Answer(StatusCodes.Status200OK, "result", await operation(command));
        }
        catch (Exception exception)
        {
            return Answer(StatusCodes.Status500InternalServerError, "error", exception.Message);
        }
    }

    private static async Task<Command?> ReadAsync(HttpRequest request)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object ? new Command(body.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Answer(int status, string name, JsonNode? value) =>
        Results.Text(new JsonObject { [name] = value }.ToJsonString(), "application/json", statusCode: status);
}
