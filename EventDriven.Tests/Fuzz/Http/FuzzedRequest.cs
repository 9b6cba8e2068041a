namespace EventDriven.Tests.Fuzz.Http;

/// <summary>A request as it is sent.</summary>
/// <param name="Endpoint">The endpoint that it was made for, as docs/access.md names it.</param>
/// <param name="Bytes">What is sent.</param>
/// <param name="IsComplete">Whether it is a whole request in HTTP's own terms, so that there must be an answer.</param>
/// <param name="HasAnswersBody">Whether its answer has a body.</param>
internal sealed record FuzzedRequest(string Endpoint, byte[] Bytes, bool IsComplete, bool HasAnswersBody);
