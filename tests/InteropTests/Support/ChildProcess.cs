using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace TypedSocketRedis.Tests;

/// <summary>A child process with its output by lines, which is killed at the end of the tests at the latest.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<ChildProcess, bool> Running = [];

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var child in Running.Keys) child.Kill();
    };

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Received(line.Data, _output, _lines);
        _process.ErrorDataReceived += (_, line) => Received(line.Data, _errors, null);
        _process.Start();
        Running[this] = true;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The lines written to standard output so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The lines written to standard error so far.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string file, params string[] arguments) => Start(file, arguments, new Dictionary<string, string>());

    /// <param name="file">The program.</param>
    /// <param name="arguments">The arguments of the program.</param>
    /// <param name="environment">The variables that differ from those of this process.</param>
    public static ChildProcess Start(string file, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ChildProcess(start);
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Returns the lines of standard output as they arrive, until the process ends.</summary>
    public IAsyncEnumerable<string> LinesAsync() => _lines.Reader.ReadAllAsync();

    /// <summary>Waits for the next line that contains a text, and skips the lines before it.</summary>
    public Task<string> LineAsync(string containing) =>
        Patience.ForAsync(FindAsync(containing), () => $"a line with '{containing}' from\n{this}");

    /// <summary>Waits for the end of the process and of its output.</summary>
    /// <param name="limit">The timeout, or null for the default.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan? limit = null)
    {
        await Patience.ForAsync(EndAsync(), () => $"the end of\n{this}", limit);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, for example <c>INT</c>.</summary>
    public void Signal(string name)
    {
        if (_process.HasExited) return;
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Kill()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        Running.TryRemove(this, out _);
        _process.Dispose();
    }

    public override string ToString() =>
        $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}\n{string.Join('\n', _output)}\n{string.Join('\n', _errors)}";

    private static void Received(string? line, ConcurrentQueue<string> all, Channel<string>? lines)
    {
        if (line is null)
        {
            lines?.Writer.TryComplete();
            return;
        }

        all.Enqueue(line);
        lines?.Writer.TryWrite(line);
    }

    private async Task<string> FindAsync(string containing)
    {
        await foreach (var line in LinesAsync())
        {
            if (line.Contains(containing, StringComparison.Ordinal)) return line;
        }

        throw new InvalidOperationException($"No line with '{containing}' came from\n{this}");
    }

    private async Task<bool> EndAsync()
    {
        await _process.WaitForExitAsync();
        return true;
    }
}
