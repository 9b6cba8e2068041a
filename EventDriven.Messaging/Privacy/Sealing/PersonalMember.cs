using System.Text;

namespace EventDriven.Messaging.Privacy.Sealing;

/// <summary>A member of an event's data that is personal, names the person, or contains one that is.</summary>
/// <param name="name">Name in the data.</param>
/// <param name="path">Names from the outside, joined by dots; elements of a list have the list's.</param>
internal sealed class PersonalMember(string name, string path)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    /// <summary>Names from the outside.</summary>
    public string Path => path;

    /// <summary>Whether it is sealed.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Whether it names the person.</summary>
    public bool IsSubject { get; init; }

    /// <summary>What it contains.</summary>
    public List<PersonalMember> Members { get; } = [];

    /// <summary>The member that a property of this one's data is; null if nothing in that is personal.</summary>
    public PersonalMember? Find(ref readonly System.Text.Json.Utf8JsonReader property)
    {
        foreach (var member in Members)
        {
            if (property.ValueTextEquals(member._name))
            {
                return member;
            }
        }

        return null;
    }
}
