using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>The order in which a vApp's machines start, and leases.</content>
public sealed partial class VcdClient
{
    private const string StartupSection = "StartupSection";
    private const string LeaseSection = "LeaseSettingsSection";

    /// <summary>When and how the machines of a vApp are started and stopped, in that order.</summary>
    /// <param name="vapp">The vApp's address or id.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<IReadOnlyList<VcdStartupOrder>> GetStartupOrderAsync(string vapp, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(vapp, cancellationToken, "VApp").ConfigureAwait(false);
        return VcdXml.Children(VcdXml.Child(entity, StartupSection), "Item")
            .Select(i => Own(new VcdStartupOrder(i, NameOf(entity), VcdXml.Text(entity, "href") ?? vapp)))
            .OrderBy(i => i.Order).ThenBy(i => i.VM, StringComparer.OrdinalIgnoreCase)
            .ToArray();
    }

    /// <summary>Changes when and how machines of a vApp are started and stopped, all in one request.</summary>
    /// <param name="vapp">The vApp's address or id.</param>
    /// <param name="changes">By the machines' names, which are those of <see cref="GetMachineNamesAsync"/>.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> SetStartupOrderAsync(string vapp, IReadOnlyDictionary<string, VcdStartupChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return await EditSectionAsync(vapp, StartupSection, "Changing the startup order", section => VcdBodies.Startup(section, changes), cancellationToken).ConfigureAwait(false) ?? new VcdChange(null, null, null);
    }

    /// <summary>The names of the machines of a vApp, whether or not its startup order has them.</summary>
    public async Task<IReadOnlyList<string>> GetMachineNamesAsync(string vapp, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(vapp, cancellationToken, "VApp").ConfigureAwait(false);
        return VcdXml.Children(VcdXml.Child(entity, "Children"), "Vm").Select(NameOf).Order(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>The leases of a vApp or template; throws with kind NotFound where the server shows none.</summary>
    /// <param name="href">Its address or id.</param>
    /// <param name="kind">The kind of an id that does not say it: vapp or vapptemplate.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<VcdLease> GetLeaseAsync(string href, string kind, CancellationToken cancellationToken)
    {
        var entity = await GetXmlAsync(AddressOf(_session, kind, href), cancellationToken, "VApp", "VAppTemplate").ConfigureAwait(false);
        var section = VcdXml.Child(entity, LeaseSection)
            ?? throw _session.Error(OrchestratorErrorKind.NotFound, $"'{NameOf(entity)}' has no leases that the server shows: it is being made, or could not be made.", "Get-VcdVApp -Detailed shows its state.");
        return Own(new VcdLease(entity, section, href, _session.Settings.Time.GetUtcNow()));
    }

    /// <summary>Changes the leases of a vApp or template; they begin anew, also where nothing else is changed.</summary>
    /// <param name="href">Its address.</param>
    /// <param name="runtime">How long it may run; <see cref="TimeSpan.Zero"/>: for ever; null: as it is.</param>
    /// <param name="storage">How long it is kept; <see cref="TimeSpan.Zero"/>: for ever; null: as it is.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> SetLeaseAsync(string href, TimeSpan? runtime, TimeSpan? storage, CancellationToken cancellationToken)
        => await EditSectionAsync(href, LeaseSection, "Changing the leases", section => VcdBodies.Lease(section, (int?)runtime?.TotalSeconds, (int?)storage?.TotalSeconds), cancellationToken).ConfigureAwait(false) ?? new VcdChange(null, null, null);

    /// <summary>The longest leases of the organization that something belongs to; null where this user may not see them, or, as the provider, is bound by none.</summary>
    /// <param name="href">The address of a vApp or template.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<VcdLeaseLimits?> GetLeaseLimitsAsync(string href, CancellationToken cancellationToken)
    {
        if (_session.IsProvider)
        {
            return null;
        }

        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        var vdc = Up(entity, "vdc");
        if (vdc is null || await ReadAsync(vdc, cancellationToken).ConfigureAwait(false) is var place && (Up(place, "org") ?? Up(place, "organization")) is not { } organization)
        {
            return null;
        }

        var org = await ReadAsync(organization, cancellationToken).ConfigureAwait(false);
        var settings = VcdXml.Child(org, "Settings") ?? VcdXml.ChildOf(await OtherViewAsync(org, cancellationToken).ConfigureAwait(false), "Settings");
        return settings is null ? null : new VcdLeaseLimits(NameOf(org), Of("VAppLeaseSettings", "DeploymentLeaseSeconds"), Of("VAppLeaseSettings", "StorageLeaseSeconds"), Of("VAppTemplateLeaseSettings", "StorageLeaseSeconds"));

        static string? Up(XElement of, string kind) => VcdLink.Of(of).FirstOrDefault(l => l.Rel == "up" && l.IsOf(kind))?.Href;
        TimeSpan? Of(string part, string name) => VcdXml.Number(VcdXml.ChildOf(VcdXml.Child(settings, part), name)?.Value) is { } seconds and > VcdAssumptions.EndlessLease ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>What is wrong with a lease: no whole seconds, too long; null where nothing is.</summary>
    /// <param name="lease">The lease; <see cref="TimeSpan.Zero"/>: for ever.</param>
    /// <param name="limit">The longest; null: none is known.</param>
    /// <param name="organization">Whose limit it is.</param>
    internal static string? FaultOf(TimeSpan lease, TimeSpan? limit, string? organization)
        => lease < TimeSpan.Zero ? "a lease is no negative time."
            : lease > TimeSpan.Zero && (lease < TimeSpan.FromSeconds(1) || lease.Ticks % TimeSpan.TicksPerSecond != 0) ? "a lease has whole seconds; a bare number is taken for ticks of a ten-millionth of a second: write a time span, as 7.00:00:00 or (New-TimeSpan -Days 7)."
            : lease.TotalSeconds > int.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"the server knows at most {TimeSpan.FromSeconds(int.MaxValue):c}.")
            : limit is { } most && (lease == TimeSpan.Zero || lease > most) ? string.Create(CultureInfo.InvariantCulture, $"organization '{organization}' allows at most {most:c}{(lease == TimeSpan.Zero ? ", and none for ever" : string.Empty)}.")
            : null;
}
