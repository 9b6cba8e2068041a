using Microsoft.Extensions.Options;

namespace EventDriven.Messaging;

/// <summary>Checks the ranges that the options declare, without reflection.</summary>
[OptionsValidator]
internal sealed partial class MessagingOptionsValidator : IValidateOptions<MessagingOptions>;
