namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>What a valid event between the broken messages is for.</summary>
internal enum FuzzValid
{
    /// <summary>Every client.</summary>
    Everybody,

    /// <summary>The members of a room, on its channel where it has one.</summary>
    Room,

    /// <summary>Everybody but them.</summary>
    Others,

    /// <summary>The servers.</summary>
    Servers,
}

/// <summary>What is done to a valid message so that a run has to fail: shows that it looks.</summary>
internal enum FuzzTrick
{
    None,
    Drop,
    Twice,
    Swap,
    Alter,
    Throw,
}
