using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>
/// Makes vApps straight of OVF and OVA packages: uploads the package as a template, makes the vApp of it, and removes the template. The operation instantiateOvf, which would make the vApp at once, is not used: no source tells how
/// its files are transferred, and an upload to a catalog goes on where it was interrupted.
/// </summary>
[Cmdlet(VerbsData.Import, "VcdVApp", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdVApp))]
public sealed class ImportVcdVAppCommand : VcdTransferringCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private int _files;
    private volatile string? _stage;

    /// <summary>The packages: OVF descriptors with their files beside them, OVA archives, or folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The packages, as their names stand; binds to what Get-ChildItem returns.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The catalog that the template is in meanwhile: a name, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>The vApp's name; default: the package's. The template is called so, too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The vApp's description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The virtual data center that it is made in; needed where there are several.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdVdcCompleter))]
    [ValidateNotNull]
    public VcdVdcArgument? Vdc { get; set; }

    /// <summary>Which networks of the virtual data center it is connected to, as for New-VcdVApp.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdNetwork>))]
    [ValidateNotNull]
    public VcdNetworkMapArgument? Network { get; set; }

    /// <summary>The storage profile of all its virtual machines, and of the template.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <summary>Customizes the guests.</summary>
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

    /// <summary>How long it may run before it is stopped; zero: without end.</summary>
    [Parameter]
    public TimeSpan? RuntimeLease { get; set; }

    /// <summary>How long it is kept when it does not run; zero: without end.</summary>
    [Parameter]
    public TimeSpan? StorageLease { get; set; }

    /// <summary>Accepts the licences of the package.</summary>
    [Parameter]
    public SwitchParameter AcceptEula { get; set; }

    /// <summary>Powers the vApp on when it is there.</summary>
    [Parameter]
    public SwitchParameter PowerOn { get; set; }

    /// <summary>Leaves the template in the catalog.</summary>
    [Parameter]
    public SwitchParameter KeepTemplate { get; set; }

    /// <summary>Removes what is left of the vApp, and the template, if the vApp cannot be made.</summary>
    [Parameter]
    public SwitchParameter RemoveOnFailure { get; set; }

    /// <summary>There has to be a manifest with a digest of every file; the server compares once more.</summary>
    [Parameter]
    public SwitchParameter RequireManifest { get; set; }

    /// <summary>Removes an unfinished or failed upload of the name and begins anew.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The longest wait for each of the server's tasks, in whole seconds; default: without end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <inheritdoc/>
    private protected override TimeSpan? Patience => Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null;

    /// <inheritdoc/>
    private protected override bool Follows => true;

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        if (_stage is { } stage)
        {
            try
            {
                // The pipeline takes no more records; the host still shows a line.
                Host.UI.WriteWarningLine(stage);
            }
            catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
            {
                // A host without a screen is told nothing.
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        VcdLeases.Check(nameof(RuntimeLease), RuntimeLease, ThrowBadParameter);
        VcdLeases.Check(nameof(StorageLease), StorageLease, ThrowBadParameter);
        if (AdminPassword is { Length: 0 })
        {
            ThrowBadParameter(nameof(AdminPassword), "(empty)", "a password is needed, as a SecureString.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var path in FilesOf(Path, LiteralPath))
        {
            CurrentTarget = path;
            _files++;
            if (_files > 1 && Name is not null)
            {
                ThrowBadParameter(nameof(Name), Name, "one name is for one package; leave -Name out to call each as its file.");
            }

            Attempt(() => Import(path), path);
        }
    }

    private void Import(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw Unfit($"-Path '{path}': there is no such file.");
        }

        var session = SessionOf(Catalog!.Source ?? Vdc?.Source ?? Network?.Source ?? StorageProfile?.Source);
        var client = ClientFor(session, Catalog.Source, Vdc?.Source);
        var catalog = Catalog.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, Catalog.Name, nameof(Catalog), token));
        var vdc = Await(token => VcdMakingLookup.VdcAsync(client, Vdc, null, catalog.OrganizationHref, token));
        var profile = StorageProfile is null ? null : Await(token => VcdLookup.OneAsync(client, StorageProfile, nameof(StorageProfile), [new VcdCondition("vdcName") { Values = [vdc.Name] }], null, token));
        var (own, licences) = Look(path);
        var recipe = new VcdVAppRecipe
        {
            Name = Name ?? own,
            Description = Description,
            VdcHref = vdc.Href,
            Networks = Network?.Mappings ?? [],
            ComputerNames = ComputerName?.Names ?? new Dictionary<string, string>(StringComparer.Ordinal),
            AdminPassword = AdminPassword,
            CustomizesGuests = CustomizeGuest,
            StorageProfile = profile?.Href,
            RuntimeLease = RuntimeLease,
            StorageLease = StorageLease,
            AcceptsEula = AcceptEula,
            PowersOn = PowerOn,
        };

        // Nobody wants to hear after an hour of uploading that the network was mistyped.
        var place = Await(token => client.CheckPlaceAsync(recipe, $"'{path}'", licences, token));
        if (!ShouldProcess($"virtual data center '{place}' at {session.Server.Authority}", $"Import '{path}' as vApp '{recipe.Name}'{(PowerOn ? ", power it on" : string.Empty)}; the template in catalog '{catalog.Name}' is {(KeepTemplate ? "kept" : "removed then")}"))
        {
            return;
        }

        var template = Upload(client, path, recipe, catalog, vdc, profile);
        try
        {
            _stage = $"Template '{template.Name}' is in catalog '{catalog.Name}'. {GoOn(template, recipe)}";
            var vapp = Make(client, recipe with { Templates = [template.Href] });
            if (!KeepTemplate)
            {
                _stage = $"vApp '{recipe.Name}' was made; its template '{template.Name}' may still be in catalog '{catalog.Name}': Remove-VcdTemplate removes it.";
                RemoveTemplate(client, template, catalog);
            }

            WriteObject(vapp);
        }
        catch (OrchestratorApiException e)
        {
            if (RemoveOnFailure && !KeepTemplate && e.Kind is not (OrchestratorErrorKind.OutcomeUnknown or OrchestratorErrorKind.Timeout))
            {
                RemoveTemplate(client, template, catalog);
                throw;
            }

            throw VcdClient.With(e, $"{e.Message} Template '{template.Name}', which was uploaded for it, is kept in catalog '{catalog.Name}'.", e.Kind is OrchestratorErrorKind.OutcomeUnknown or OrchestratorErrorKind.Timeout ? e.RecommendedAction : GoOn(template, recipe));
        }
        finally
        {
            _stage = null;
        }
    }

    private VcdTemplate Upload(VcdClient client, string path, VcdVAppRecipe recipe, VcdCatalog catalog, VcdVdc vdc, VcdStorageProfile? profile)
    {
        try
        {
            return Upload(
                client,
                recipe.Name,
                $"Uploading '{recipe.Name}' to catalog '{catalog.Name}'",
                (moved, importing, token) => client.SendTemplateAsync(
                    new VcdTemplateUpload
                    {
                        Path = path,
                        CatalogHref = catalog.Href,
                        CatalogName = catalog.Name,
                        Name = recipe.Name,
                        VdcHref = vdc.Href,
                        StorageProfileHref = profile?.Href,
                        RequireManifest = RequireManifest,
                        Force = Force,
                        Importing = importing,
                    },
                    moved,
                    token));
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.Conflict)
        {
            throw VcdClient.With(e, e.Message, $"If it is what an interrupted import left: Get-VcdTemplate '{recipe.Name}' -Catalog '{catalog.Name}' | New-VcdVApp -Vdc '{vdc.Name}' makes the vApp of it. Else choose another name with -Name.");
        }
    }

    private VcdVApp Make(VcdClient client, VcdVAppRecipe recipe)
    {
        var board = new VcdTaskBoard(this, $"Making vApp '{recipe.Name}'");
        try
        {
            var plan = Await(token => client.PlanVAppAsync(recipe, token));
            foreach (var warning in plan.Warnings)
            {
                WriteWarning(warning);
            }

            var row = board.Add();
            return Await(async token =>
            {
                var change = await client.MakeVAppAsync(plan, token).ConfigureAwait(false);
                try
                {
                    await client.FollowAsync(change.Task, Patience, task => board.Seen(row, task), token).ConfigureAwait(false);
                }
                catch (OrchestratorApiException e)
                {
                    throw await client.RemainsOfAsync(e, change, plan, RemoveOnFailure, Patience, token).ConfigureAwait(false);
                }

                return await client.VAppOfAsync(change, plan, token).ConfigureAwait(false);
            });
        }
        finally
        {
            board.Close();
        }
    }

    // The vApp is what was asked for; a template that stays is worth a warning, not an error.
    private void RemoveTemplate(VcdClient client, VcdTemplate template, VcdCatalog catalog)
    {
        try
        {
            Await(async token =>
            {
                var change = await client.RemoveTemplateAsync(template.Href, token).ConfigureAwait(false);
                await client.FollowAsync(change.Task, Patience, null, token).ConfigureAwait(false);
            });
        }
        catch (OrchestratorApiException e)
        {
            WriteWarning($"Template '{template.Name}' is still in catalog '{catalog.Name}', since it could not be removed: {e.Message} Remove-VcdTemplate removes it.");
        }
    }

    private string GoOn(VcdTemplate template, VcdVAppRecipe recipe)
        => string.Create(CultureInfo.InvariantCulture, $"To go on: Get-VcdTemplate '{template.Name}' -Catalog '{Catalog!.Name}' | New-VcdVApp -Name '{recipe.Name}', with the other parameters of this command. Remove-VcdTemplate removes the template.");

    // What the package is called and what it asks to accept. The upload looks at all else.
    private static (string Name, IReadOnlyList<string> Licences) Look(string path)
    {
        using var package = OvfPackage.Open(path);
        return (global::System.IO.Path.GetFileNameWithoutExtension(Directory.Exists(path) ? package.DescriptorName : path), package.Descriptor.Licences);
    }
}
