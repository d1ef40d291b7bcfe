namespace TypedSocketRedis.Generator.Analysis;

/// <summary>The ids of the advice diagnostics, which analyzers report and code fixes resolve.</summary>
internal static class AdviceId
{
    public const string WideNumber = "TSR100";
    public const string DateNotUtc = "TSR101";
    public const string IgnoredResult = "TSR102";
    public const string UnusedContract = "TSR103";
    public const string MisspeltName = "TSR104";
    public const string ReservedHandler = "TSR105";
    public const string AsyncSuffix = "TSR106";
    public const string AsyncDelegate = "TSR107";
    public const string MisdirectedContract = "TSR108";
    public const string UnusedSelection = "TSR109";
    public const string ReservedRoom = "TSR110";
    public const string NoEvents = "TSR111";
    public const string HandlerField = "TSR112";
    public const string HandlerEmitter = "TSR113";
    public const string HandlerAnonymous = "TSR114";
    public const string UnreadableParameter = "TSR115";
    public const string LostResult = "TSR116";
    public const string SignalRContract = "TSR117";
    public const string NewtonsoftAttribute = "TSR118";
    public const string AuthorizedHelper = "TSR119";
    public const string UnwritableValue = "TSR120";
    public const string StaleHistory = "TSR121";
    public const string UncalledMethod = "TSR122";
    public const string EarlySocket = "TSR123";

    /// <summary>The key of the diagnostic property with an event's corrected name, which the code fix reads.</summary>
    public const string EventName = "EventName";

    /// <summary>The key of the diagnostic property with the path of a contract's history.</summary>
    public const string HistoryPath = "HistoryPath";

    /// <summary>The key of the diagnostic property with the text of a history that records the present contract.</summary>
    public const string HistoryText = "HistoryText";

    /// <summary>The ids of the errors that a new text of the history resolves.</summary>
    public static readonly string[] HistoryErrors =
    [
        "TSR083", "TSR084", "TSR085", "TSR086", "TSR087", "TSR088", "TSR089", "TSR090", "TSR091", "TSR092", "TSR093", "TSR094", "TSR095",
    ];
}
