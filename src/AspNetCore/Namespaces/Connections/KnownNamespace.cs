namespace TypedSocketRedis.Namespaces;

/// <summary>A namespace of the table, which is created outside the table's lock.</summary>
/// <param name="path">The name of the namespace.</param>
/// <param name="parent">The group of dynamic namespaces that it belongs to, or null for none.</param>
internal sealed class KnownNamespace(string path, DynamicNamespaces? parent)
{
    private readonly TaskCompletionSource<SocketNamespace> _created = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path => path;

    public DynamicNamespaces? Parent => parent;

    /// <summary>
    /// Gets or sets a value indicating whether the application has named the namespace, which then ends only if the option for cleaning
    /// up is set.
    /// </summary>
    public bool IsNamed { get; set; }

    /// <summary>The namespace when it has been created.</summary>
    public Task<SocketNamespace> Created => _created.Task;

    /// <summary>Gets a value indicating whether a client has been admitted to the created namespace.</summary>
    public bool HasAdmitted => Created.Result.HasAdmitted;

    /// <summary>Closes the created namespace, so that it can no longer be held; returns false if it has holders.</summary>
    public bool TryClose() => Created.Result.Holders.TryClose();

    public void Complete(SocketNamespace created)
    {
        Parent?.Add(created);
        _created.SetResult(created);
    }

    /// <summary>Removes the created namespace from its group.</summary>
    public void Leave() => Parent?.Remove(Created.Result);

    public void Fail(Exception exception)
    {
        _created.SetException(exception);

        // Nothing may wait for it: the caller that created it gets the exception, too.
        _ = _created.Task.Exception;
    }
}
