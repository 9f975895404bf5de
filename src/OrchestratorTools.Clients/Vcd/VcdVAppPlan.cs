using System.Security;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A request that makes, copies, moves or captures a vApp, after all that can be known before it was looked at.</summary>
/// <param name="Href">Where it is sent to, by the link.</param>
/// <param name="ContentType">The body's media type.</param>
/// <param name="Body">Makes the body; takes the text of the password, where there is one.</param>
/// <param name="Outcome">How to see what became of it, where the answer is lost.</param>
internal sealed record VcdVAppPlan(string Href, string ContentType, Func<string?, XElement> Body, string Outcome)
{
    /// <summary>What the vApp is called.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the virtual data center.</summary>
    public required string Vdc { get; init; }

    /// <summary>How many machines it gets.</summary>
    public int NumberOfVMs { get; init; }

    /// <summary>True where something that is there is replaced.</summary>
    public bool Replaces { get; init; }

    /// <summary>What is not as one might think.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The administrator's password: revealed while the request is made.</summary>
    public SecureString? Password { get; init; }
}
