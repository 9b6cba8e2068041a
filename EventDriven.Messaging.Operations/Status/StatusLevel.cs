namespace EventDriven.Messaging.Operations.Status;

/// <summary>How bad the state of a part is.</summary>
public enum StatusLevel
{
    /// <summary>Everything works.</summary>
    Green,

    /// <summary>An operator should look at it. Everything else works.</summary>
    Yellow,

    /// <summary>It does not do its work.</summary>
    Red,
}
