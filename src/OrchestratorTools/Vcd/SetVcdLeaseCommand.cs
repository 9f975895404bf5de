using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes or renews the leases of vApps and templates.</summary>
[Cmdlet(VerbsCommon.Set, "VcdLease", DefaultParameterSetName = VAppSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdLease))]
public sealed class SetVcdLeaseCommand : VcdTaskCmdlet
{
    private const string VAppSet = "VApp";
    private const string TemplateSet = "Template";
    private const string LeaseSet = "Lease";
    private readonly Dictionary<string, VcdLeaseLimits?> _limits = new(StringComparer.Ordinal);

    /// <summary>Makes the cmdlet.</summary>
    public SetVcdLeaseCommand() => ThrottleLimit = 8;

    /// <summary>The vApps: names, wildcards, ids, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = VAppSet)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVAppArgument[] VApp { get; set; } = [];

    /// <summary>vApp templates: names, wildcards, ids, or what Get-VcdTemplate returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = TemplateSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdTemplate>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdTemplateArgument[] Template { get; set; } = [];

    /// <summary>What Get-VcdLease returned.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LeaseSet)]
    [ValidateNotNullOrEmpty]
    public VcdLease[] Lease { get; set; } = [];

    /// <summary>The virtual data center that the vApps are in, where names are given.</summary>
    [Parameter(ParameterSetName = VAppSet)]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <summary>How long the vApp may run, once it was started; zero: for ever.</summary>
    [Parameter(ParameterSetName = VAppSet)]
    [Parameter(ParameterSetName = LeaseSet)]
    public TimeSpan? RuntimeLease { get; set; }

    /// <summary>How long the vApp is kept, once it was stopped; how long the template is kept; zero: for ever.</summary>
    [Parameter]
    public TimeSpan? StorageLease { get; set; }

    /// <summary>The leases that never run out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public VcdLeaseKind[]? NeverExpires { get; set; }

    /// <summary>Begins the leases anew, as long as they are.</summary>
    [Parameter]
    public SwitchParameter Renew { get; set; }

    private TimeSpan? Runtime => Endless(VcdLeaseKind.Runtime) ? TimeSpan.Zero : RuntimeLease;

    private TimeSpan? Storage => Endless(VcdLeaseKind.Storage) ? TimeSpan.Zero : StorageLease;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (RuntimeLease is null && StorageLease is null && NeverExpires is null && !Renew)
        {
            ThrowBadParameter(nameof(RuntimeLease), null, "there is nothing to change; -RuntimeLease, -StorageLease, -NeverExpires or -Renew is needed.");
        }

        Check(nameof(RuntimeLease), RuntimeLease, VcdLeaseKind.Runtime);
        Check(nameof(StorageLease), StorageLease, VcdLeaseKind.Storage);
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in VApp)
        {
            Attempt(
                () =>
                {
                    var source = argument.Source ?? Vdc?.Source;
                    var client = ClientFor(SessionOf(source), source);
                    foreach (var vapp in Await(token => VcdLookup.ManyAsync<VcdVApp>(client, argument, nameof(VApp), VcdLookup.In(Vdc), token)))
                    {
                        Attempt(() => Change(client, vapp, vapp.Name, vapp.Href, vapp.VdcHref, isTemplate: false), vapp);
                    }
                },
                argument.VApp ?? (object)argument.Name);
        }

        foreach (var argument in Template)
        {
            Attempt(
                () =>
                {
                    var client = ClientFor(SessionOf(argument.Source), argument.Source);
                    foreach (var template in Await(token => VcdLookup.ManyAsync(client, argument, nameof(Template), [], null, token)))
                    {
                        Attempt(() => Change(client, template, template.Name, template.Href, template.VdcHref, isTemplate: true), template);
                    }
                },
                argument.Item ?? (object)argument.Text);
        }

        foreach (var lease in Lease)
        {
            Attempt(() => Change(ClientFor(SessionOf(lease), lease), lease, lease.Name, lease.Href, null, lease.IsOfTemplate), lease);
        }
    }

    private bool Endless(VcdLeaseKind kind) => NeverExpires is not null && Array.IndexOf(NeverExpires, kind) >= 0;

    private void Check(string parameter, TimeSpan? lease, VcdLeaseKind kind)
    {
        if (lease is not { } given)
        {
            return;
        }

        if (Endless(kind))
        {
            ThrowBadParameter(parameter, given, $"-NeverExpires {kind} says otherwise.");
        }

        if (VcdClient.FaultOf(given, null, null) is { } fault)
        {
            ThrowBadParameter(parameter, given, fault);
        }
    }

    private void Change(VcdClient client, ServerObject target, string name, string href, string? vdc, bool isTemplate)
    {
        if (isTemplate && Runtime is not null)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-{(RuntimeLease is null ? nameof(NeverExpires) : nameof(RuntimeLease))}: '{name}' is a vApp template, which never runs: it has a storage lease only. Nothing was sent.");
        }

        NeedAllowed(client, href, vdc, isTemplate);
        var what = isTemplate ? "vApp template" : "vApp";
        var changes = new[] { Runtime is { } runtime ? $"runtime lease {Worded(runtime)}" : null, Storage is { } storage ? $"storage lease {Worded(storage)}" : null }.OfType<string>().ToArray();
        if (ShouldProcess($"leases of {what} '{name}' at {client.Session.Server.Authority}", changes.Length == 0 ? "Begin anew" : $"Set {string.Join(", ", changes)}; begin anew"))
        {
            Start(
                client,
                $"Changing the leases of {what} '{name}'",
                target,
                (c, token) => c.SetLeaseAsync(href, Runtime, Storage, token),
                async (c, _, token) => await c.GetLeaseAsync(href, isTemplate ? "vapptemplate" : "vapp", token).ConfigureAwait(false));
        }
    }

    // One virtual data center is asked about once: all its vApps have the organization's limits.
    private void NeedAllowed(VcdClient client, string href, string? vdc, bool isTemplate)
    {
        if (Runtime is null && Storage is null)
        {
            return;
        }

        var key = $"{client.Session.ConnectionName} {vdc ?? href}";
        if (!_limits.TryGetValue(key, out var limits))
        {
            limits = Await(token => client.GetLeaseLimitsAsync(href, token));
            _limits[key] = limits;
            if (limits is null)
            {
                WriteVerbose("The longest leases of the organization are not shown to this user: the server decides.");
            }
        }

        foreach (var (parameter, lease, limit) in new[]
        {
            (RuntimeLease is null ? nameof(NeverExpires) : nameof(RuntimeLease), Runtime, limits?.Runtime),
            (StorageLease is null ? nameof(NeverExpires) : nameof(StorageLease), Storage, isTemplate ? limits?.TemplateStorage : limits?.Storage),
        })
        {
            if (lease is { } given && VcdClient.FaultOf(given, limit, limits?.Organization) is { } fault)
            {
                throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, string.Create(CultureInfo.InvariantCulture, $"-{parameter}{(given == TimeSpan.Zero ? string.Empty : $" '{given:c}'")}: {fault} Nothing was sent."))
                {
                    RecommendedAction = "The organization's administrators change its longest leases in the portal (Policies).",
                };
            }
        }
    }

    private static string Worded(TimeSpan lease) => lease == TimeSpan.Zero ? "for ever" : lease.ToString("c", CultureInfo.InvariantCulture);
}
