using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests;

/// <summary>A Node program that executes commands, with one JSON value per line in each direction.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _pending = [];
    private readonly ChildProcess _process;
    private readonly Task _reading;
    private int _lastId;

    /// <param name="received">The action for each line that is not the response to a command.</param>
    /// <param name="script">The program.</param>
    /// <param name="arguments">The arguments of the program.</param>
    public NodeProgram(Action<JsonElement>? received, string script, params string[] arguments)
    {
        _process = ChildProcess.Start(Tools.Node, [Tools.Script(script), .. arguments]);
        _reading = ReadAsync(received);
    }

    /// <summary>Executes a command.</summary>
    /// <param name="op">The name of the command.</param>
    /// <param name="command">The members of the command.</param>
    /// <returns>The result of the command.</returns>
    public async Task<JsonElement> DoAsync(string op, JsonObject? command = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var response = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = response;
        command ??= [];
        command["id"] = id;
        command["op"] = op;
        await _process.WriteLineAsync(command.ToJsonString());
        return await Patience.ForAsync(response.Task, () => $"{op} from\n{_process}");
    }

    /// <summary>Sends a signal, for example <c>STOP</c>.</summary>
    public void Signal(string name) => _process.Signal(name);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync(Action<JsonElement>? received)
    {
        await foreach (var line in _process.LinesAsync())
        {
            var value = JsonElement.Parse(line);
            if (!value.TryGetProperty("id", out var id)) received?.Invoke(value);
            else if (_pending.TryRemove(id.GetInt32(), out var response)) Complete(response, value);
        }

        foreach (var response in _pending.Values)
            response.TrySetException(new InvalidOperationException($"The program ended:\n{_process}"));
    }

    private static void Complete(TaskCompletionSource<JsonElement> response, JsonElement value)
    {
        if (value.TryGetProperty("error", out var error)) response.TrySetException(new InvalidOperationException(error.GetString()));
        else response.TrySetResult(value.GetProperty("result"));
    }
}
