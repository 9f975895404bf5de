using System.Security;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>How a console is reached.</summary>
public enum VcdConsoleType
{
    /// <summary>By the HTML console: a web socket through the cloud's console proxy.</summary>
    WebMks,

    /// <summary>By the VMRC browser plug-in of old releases: an address <c>mks://</c>.</summary>
    Mks,
}

/// <summary>
/// A ticket for the console of a virtual machine. Who has it, has the console, without a login: ticket and address are held as secrets, and neither a text, nor a view, nor JSON of the object shows them.
/// </summary>
public sealed class VcdConsoleTicket : ServerObject, IOfTenant
{
    /// <summary>How long a ticket can be used (the guides of 5.5 and of 10.6 say so of the two kinds).</summary>
    internal static readonly TimeSpan ValidFor = TimeSpan.FromSeconds(30);

    private VcdConsoleTicket(VcdConsoleType type, VcdVM vm, DateTimeOffset acquiredAt, string host, int? port, string? vmx, string ticket, string url)
    {
        Type = type;
        VM = vm.Name;
        Href = vm.Href;
        VApp = vm.VApp;
        AcquiredAt = acquiredAt;
        Host = host;
        Port = port;
        Vmx = vmx;
        Ticket = SecretText.From(ticket)!;
        Url = SecretText.From(url)!;
        Secrets = [ticket, url];
    }

    /// <summary>The name of the virtual machine.</summary>
    public string VM { get; }

    /// <summary>The address of the virtual machine in the API.</summary>
    public string Href { get; }

    /// <summary>The name of its vApp, where it is known.</summary>
    public string? VApp { get; }

    /// <summary>WebMks or Mks.</summary>
    public VcdConsoleType Type { get; }

    /// <summary>The host through which the console is reached.</summary>
    public string Host { get; }

    /// <summary>The port of the console at the host behind the proxy; null where the server names none.</summary>
    public int? Port { get; }

    /// <summary>What the console proxy is told to lead to: the path of the VMX file, or, in an address <c>mks://</c>, the machine's reference. Newer releases leave it empty.</summary>
    public string? Vmx { get; }

    /// <summary>When it was given out (UTC).</summary>
    public DateTimeOffset AcquiredAt { get; }

    /// <summary>When it can no longer be used (UTC): 30 seconds later.</summary>
    public DateTimeOffset ExpiresAt => AcquiredAt + ValidFor;

    /// <summary>The ticket.</summary>
    public SecureString Ticket { get; }

    /// <summary>The address with the ticket in it: <c>wss://…</c> of the HTML console, <c>mks://…</c> of the plug-in.</summary>
    public SecureString Url { get; }

    /// <summary>What no stream may show.</summary>
    internal IReadOnlyList<string> Secrets { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} console of {VM} at {Host}";

    /// <summary>The ticket of an answer: MksTicket (since 5.5) or ScreenTicket. Null where it has none that can be used.</summary>
    internal static VcdConsoleTicket? Of(XElement answer, VcdVM vm, DateTimeOffset now)
    {
        if (answer.Name.LocalName is "ScreenTicket")
        {
            return OfAddress(answer.Value.Trim(), vm, now);
        }

        var host = VcdXml.ChildText(answer, "Host")?.Trim();
        var port = VcdXml.Number(VcdXml.ChildText(answer, "Port"));
        var ticket = VcdXml.ChildText(answer, "Ticket")?.Trim();
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(ticket) || port is not (> 0 and <= 65535))
        {
            return null;
        }

        var vmx = VcdXml.ChildText(answer, "Vmx")?.Trim() is { Length: > 0 } path ? path : null;
        return new VcdConsoleTicket(VcdConsoleType.WebMks, vm, now, host, (int)port, vmx, ticket, VcdAssumptions.ConsoleAddress(host, (int)port, ticket));
    }

    // mks://ip-address/VM-MoRef?ticket=encoded-ticket; the guide's description has a slash where its example has a question mark.
    private static VcdConsoleTicket? OfAddress(string text, VcdVM vm, DateTimeOffset now)
    {
        const string Scheme = "mks://";
        const string Field = "ticket=";
        var at = text.IndexOf(Field, StringComparison.Ordinal);
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || at < 0 || at + Field.Length == text.Length)
        {
            return null;
        }

        var place = text[Scheme.Length..at].TrimEnd('?', '/').Split('/', 2);
        return place[0].Length == 0 ? null : new VcdConsoleTicket(VcdConsoleType.Mks, vm, now, place[0], null, place.Length > 1 ? place[1] : null, Uri.UnescapeDataString(text[(at + Field.Length)..]), text);
    }
}
