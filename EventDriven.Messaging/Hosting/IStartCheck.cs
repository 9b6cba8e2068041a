namespace EventDriven.Messaging.Hosting;

/// <summary>Checks, before a service starts, for something that is missing or can't work.</summary>
internal interface IStartCheck
{
    /// <summary>Describes each mistake and how to correct it. It asks no server.</summary>
    IEnumerable<string> Find();
}
