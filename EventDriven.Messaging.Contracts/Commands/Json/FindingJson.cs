namespace EventDriven.Messaging.Contracts.Commands.Json;

/// <summary>What the gate says about a contract.</summary>
/// <param name="Severity">error or warning.</param>
/// <param name="Code">EDC001 and so on.</param>
/// <param name="At">Where it stands: path(line,column).</param>
/// <param name="Message">What is wrong, whom it breaks, and what to do.</param>
internal sealed record FindingJson(string Severity, string Code, string At, string Message);
