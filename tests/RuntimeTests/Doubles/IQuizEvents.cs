namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A contract with every kind of event.</summary>
[SocketEvents("/quiz")]
public interface IQuizEvents
{
    void Started(string title, DateTime at);

    Task Closed(CancellationToken cancellationToken = default);

    [SocketEvent("answer?")]
    Task<Answer> Ask(string question, CancellationToken cancellationToken = default);

    ValueTask<int?> Vote(int? preferred = 1, params string[] names);
}

/// <summary>The answer of a player.</summary>
public sealed record Answer(string Text, int Certainty);

/// <summary>A contract of events between servers.</summary>
[ServerEvents("/quiz")]
public interface IQuizServerEvents
{
    Task Started(string title, DateTime at);

    Task Closed();

    [SocketEvent("answer?")]
    Task<Answer> Ask(string question, CancellationToken cancellationToken = default);

    ValueTask<int?> Vote(int? preferred = 1, params string[] names);
}
