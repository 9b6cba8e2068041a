namespace Analytics.Worker.Customers;

/// <summary>How many customers signed up.</summary>
internal sealed record SignUpFigures(long Count);
