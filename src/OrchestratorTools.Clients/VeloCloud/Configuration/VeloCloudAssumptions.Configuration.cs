namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What no source states about configurations: the definition leaves the data of a module open.</summary>
internal static partial class VeloCloudAssumptions
{
    /// <summary>What a firewall module has at least that is inserted for an edge: no source shows one; clients send both lists always.</summary>
    public const string EmptyFirewallModule = """{"inbound":[],"segments":[]}""";

    /// <summary>Members that say of the value beside them that it is a secret.</summary>
    public static readonly string[] SecretMarks = ["isPassword", "isSecret", "isEncrypted"];

    private static readonly string[] SecretWords = ["password", "passphrase", "passwd", "passcode", "secret", "token", "preshared"];

    private static readonly string[] SecretEnds = ["key", "psk", "pass"];

    /// <summary>
    /// Members of configuration modules whose values are secrets: they are withheld from files and shown as stars. No source lists them; narrower than <see cref="IsSecretName"/>, because a
    /// backup must not lose what only sounds like a secret (bypass, passive, public keys).
    /// </summary>
    /// <param name="name">The member's name.</param>
    /// <param name="parent">The name of the object that it is in.</param>
    /// <param name="isMarked">Whether that object says of itself that its value is a secret.</param>
    public static bool IsSecretSetting(string name, string? parent, bool isMarked)
        => SecretWords.Any(w => name.Contains(w, StringComparison.OrdinalIgnoreCase))
           || (SecretEnds.Any(w => name.EndsWith(w, StringComparison.OrdinalIgnoreCase)) && !name.EndsWith("bypass", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("publicKey", StringComparison.OrdinalIgnoreCase))
           || (name.StartsWith("community", StringComparison.OrdinalIgnoreCase) && parent?.StartsWith("snmp", StringComparison.OrdinalIgnoreCase) is true)
           || (isMarked && name.Equals("value", StringComparison.OrdinalIgnoreCase));
}
