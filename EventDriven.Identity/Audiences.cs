namespace EventDriven.Identity;

/// <summary>Whom a token is for (RFC 7519 section 4.1.3), during development. An identity provider may call them otherwise.</summary>
public static class Audiences
{
    /// <summary>The whole system: tokens of customers, staff and operators.</summary>
    public const string System = "eventdriven";

    /// <summary>Checkout: tokens of services that ask it for keys.</summary>
    public const string Checkout = "checkout";

    /// <summary>Inventory: tokens of services that ask it to hold stock.</summary>
    public const string Inventory = "inventory";
}
