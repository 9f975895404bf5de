using System.Globalization;
using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Makes vApps: of a template, of several templates and virtual machines, or empty.</summary>
[Cmdlet(VerbsCommon.New, "VcdVApp", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class NewVcdVAppCommand : VcdMakingCmdlet
{
    /// <summary>The name; unique in its virtual data center. Default: the template's.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The templates: names, ids, or what Get-VcdTemplate returned. Each that is piped makes a vApp of its own; several that are given at once make one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdTemplate>))]
    [ValidateNotNullOrEmpty]
    public VcdTemplateArgument[] Template { get; set; } = [];

    /// <summary>The catalog that the templates are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>Virtual machines of vApps and templates, which are copied into the new vApp: names, wildcards, ids, or what Get-VcdVM returned.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdVMArgument[] SourceVM { get; set; } = [];

    /// <summary>Customizes the guests: they get their names, addresses and passwords when they are first powered on.</summary>
    [Parameter]
    public SwitchParameter CustomizeGuest { get; set; }

    /// <summary>The computer name of the only virtual machine, or a table of machines and names. It customizes their guests.</summary>
    [Parameter]
    [ValidateNotNull]
    public VcdComputerNameArgument? ComputerName { get; set; }

    /// <summary>The administrator's password in all guests. It customizes them.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? AdminPassword { get; set; }

    /// <summary>The sizing policy of all virtual machines, of the virtual data center's policies; from API 33.0 on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdPolicyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SizingPolicy { get; set; }

    /// <summary>The placement policy of all virtual machines, of the virtual data center's policies; from API 33.0 on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdPolicyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? PlacementPolicy { get; set; }

    /// <summary>Accepts the licences of the templates.</summary>
    [Parameter]
    public SwitchParameter AcceptEula { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (AdminPassword is { Length: 0 })
        {
            ThrowBadParameter(nameof(AdminPassword), "(empty)", "a password is needed, as a SecureString.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Template.Length == 0 && Name is null)
        {
            ThrowBadParameter(nameof(Name), Name, "the vApp needs a name, where there is no template to call it by.");
        }

        Attempt(Plan, Template.Length == 1 ? Template[0].Item ?? (object)Template[0].Text : Name);
    }

    private void Plan()
    {
        var sources = Template.Select(t => t.Source).Concat(SourceVM.Select(v => v.Source)).Append(Vdc?.Vdc).Append(Network?.Source).Append(StorageProfile?.Source).Append(Catalog?.Catalog).Where(s => s is not null).ToArray();
        var session = SessionOf(sources.FirstOrDefault());
        foreach (var other in sources.Skip(1))
        {
            _ = SessionOf(sources[0], other);
        }

        var client = ClientFor(session, sources);
        var templates = Template.Select(t => Await(token => VcdLookup.OneAsync(client, t, nameof(Template), VcdLookup.In(Catalog), null, token))).ToArray();
        var machines = SourceVM.SelectMany(v => Await(token => VcdLookup.ManyAsync(client, v, nameof(SourceVM), [], null, token))).ToArray();
        var home = templates.Select(t => t.VdcHref).Concat(machines.Select(m => m.VdcHref)).FirstOrDefault(h => h is not null);
        var organization = templates.Select(t => t.OrganizationHref).Concat(machines.Select(m => m.OrganizationHref)).FirstOrDefault(h => h is not null);
        var vdc = Await(token => VcdMakingLookup.VdcAsync(client, Vdc, home, organization, token));
        var recipe = new VcdVAppRecipe
        {
            Name = Name ?? templates[0].Name,
            Description = Description,
            VdcHref = vdc.Href,
            Templates = [.. templates.Select(t => t.Href)],
            VMs = [.. machines.Select(m => m.Href)],
            Networks = Network?.Mappings ?? [],
            ComputerNames = ComputerName?.Names ?? new Dictionary<string, string>(StringComparer.Ordinal),
            AdminPassword = AdminPassword,
            CustomizesGuests = CustomizeGuest,
            StorageProfile = StorageProfile?.Reference,
            SizingPolicy = SizingPolicy,
            PlacementPolicy = PlacementPolicy,
            RuntimeLease = RuntimeLease,
            StorageLease = StorageLease,
            AcceptsEula = AcceptEula,
            PowersOn = PowerOn,
        };
        var plan = Await(token => client.PlanVAppAsync(recipe, token));
        var count = plan.NumberOfVMs == 0 ? "empty" : string.Create(CultureInfo.InvariantCulture, $"{plan.NumberOfVMs} virtual machine{(plan.NumberOfVMs == 1 ? string.Empty : "s")}");
        var of = templates.Length == 0 ? string.Empty : $" of template{(templates.Length == 1 ? string.Empty : "s")} {string.Join(", ", templates.Select(t => $"'{t.Name}'"))}";
        Make(client, plan, $"Making vApp '{plan.Name}'", templates.Length == 1 ? templates[0] : plan.Name, $"Make vApp '{plan.Name}'{of} ({count}){(PowerOn ? " and power it on" : string.Empty)}");
    }
}
