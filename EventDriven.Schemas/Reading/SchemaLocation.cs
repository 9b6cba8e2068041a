using System.Text.Json;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Reading;

/// <summary>A place in the document.</summary>
/// <param name="Pointer">The JSON pointer from the root of the document.</param>
/// <param name="Element">What is there.</param>
/// <param name="Resource">The URI of the nearest <c>$id</c> above, or empty.</param>
internal readonly record struct SchemaLocation(string Pointer, JsonElement Element, string Resource)
{
    /// <summary>The place of a child, whose own <c>$id</c> begins a new resource.</summary>
    public SchemaLocation Child(string token, JsonElement element) =>
        new(JsonPointer.Append(Pointer, token), element, ResourceUri.Of(element, Resource));
}
