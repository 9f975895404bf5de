using System.Security;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What a catalog is subscribed to.</summary>
/// <param name="Location">The address that the publishing catalog names.</param>
public sealed record VcdSubscription(Uri Location)
{
    /// <summary>The password of the publication, where it has one.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The thumbprint of the publisher's certificate, where the server is to expect one.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>True: items are copied when the catalog is synchronized; false: when they are used first; null: the server decides.</summary>
    public bool? LocalCopy { get; init; }
}
