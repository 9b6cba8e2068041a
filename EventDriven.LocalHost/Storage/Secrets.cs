using System.Security.Cryptography;
using System.Text.Json;

namespace EventDriven.LocalHost.Storage;

/// <summary>Generated passwords, kept in one file that only its owner can read, so that the next run on the same data knows them.</summary>
internal sealed class Secrets
{
    private const int PasswordLength = 32;
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private readonly string file;
    private readonly Dictionary<string, string> passwords;

    public Secrets(DataDirectory data)
    {
        file = Path.Combine(data.Path, "secrets.json");
        passwords = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [] : [];
    }

    /// <summary>The resource's password, made at the first call.</summary>
    public string Password(string resource)
    {
        if (!passwords.TryGetValue(resource, out var password))
        {
            password = RandomNumberGenerator.GetString(Alphabet, PasswordLength);
            passwords[resource] = password;
            PrivateFile.Write(file, JsonSerializer.Serialize(passwords));
        }

        return password;
    }
}
