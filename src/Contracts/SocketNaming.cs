namespace TypedSocketRedis;

/// <summary>The conversions of C# names to names on the wire, with the rules of <c>System.Text.Json</c>'s naming policies.</summary>
public enum SocketNaming
{
    /// <summary>The setting of the assembly, or without one: camelCase for events and properties, C# names for texts of enums.</summary>
    Default,

    /// <summary><c>PriceChanged</c> is <c>priceChanged</c>.</summary>
    CamelCase,

    /// <summary>The C# name unchanged: PascalCase where the code follows C#'s conventions, as SignalR has its methods.</summary>
    AsDeclared,

    /// <summary><c>PriceChanged</c> is <c>price_changed</c>.</summary>
    SnakeCaseLower,

    /// <summary><c>PriceChanged</c> is <c>PRICE_CHANGED</c>.</summary>
    SnakeCaseUpper,

    /// <summary><c>PriceChanged</c> is <c>price-changed</c>.</summary>
    KebabCaseLower,

    /// <summary><c>PriceChanged</c> is <c>PRICE-CHANGED</c>.</summary>
    KebabCaseUpper,
}
