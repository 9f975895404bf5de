using System.Security;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>A client account: for scripts, since sessions of one user account log each other out (facts/vro.md, B, "Sessions").</summary>
public sealed class VroClientAccount : ServerObject
{
    /// <summary>The id, which is the user name of a client account.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The secret, where the account was just made: the server tells it once. Null afterwards, and where it went into a file.</summary>
    public SecureString? Secret { get; internal set; }

    /// <summary>The file that the secret was written to.</summary>
    public string? SecretFile { get; internal set; }

    /// <summary>True for the account of this connection itself.</summary>
    public bool IsOwn { get; init; }

    /// <summary>The id; never the secret.</summary>
    public override string ToString() => Id;
}
