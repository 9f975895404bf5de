using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds the one thing that a name means.</summary>
internal static class VcdLookup
{
    /// <summary>The one catalog of a name, id or address; the letter case decides where several differ in nothing else. Throws with kind NotFound or Ambiguous.</summary>
    public static async Task<VcdCatalog> CatalogAsync(VcdClient client, string name, string parameter, CancellationToken cancellationToken)
        => VcdText.IsAddress(name)
            ? await client.GetWholeCatalogAsync(name, cancellationToken).ConfigureAwait(false)
            : await ByNameAsync<VcdCatalog>(client, name, parameter, [], null, "Pass the one that is meant: Get-VcdCatalog NAME -Organization ORGANIZATION.", cancellationToken).ConfigureAwait(false);

    /// <summary>The one object that an argument means: itself, what is at its id or address, or the only one of its name.</summary>
    /// <param name="client">Asks.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="parameter">The parameter that it came by, for errors.</param>
    /// <param name="conditions">What narrows the names: the catalog, the organization.</param>
    /// <param name="prefer">Chooses among several of one name; null: an error that lists them.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<T> OneAsync<T>(VcdClient client, VcdItemArgument<T> argument, string parameter, IReadOnlyList<VcdCondition> conditions, Func<T, bool>? prefer, CancellationToken cancellationToken)
        where T : VcdObject
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument switch
        {
            { Item: { } item } => item,
            { IsAddress: true } => await client.GetEntityAsync<T>(argument.Text, cancellationToken).ConfigureAwait(false),
            _ => await ByNameAsync(client, argument.Text, parameter, conditions, prefer, $"Pass the one that is meant, as Get-{NounOf<T>()} returns it.", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>The one object that a parent's argument means: itself, the original of a copy, what is at its id or address, or the only one of its name.</summary>
    public static async Task<T> OneAsync<T>(VcdClient client, VcdParentArgument argument, string parameter, IReadOnlyList<VcdCondition> conditions, CancellationToken cancellationToken)
        where T : VcdObject
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument switch
        {
            { Object: T item } => item,
            { Address: { } address } => await client.GetEntityAsync<T>(address, cancellationToken).ConfigureAwait(false),
            _ when VcdText.IsAddress(argument.Name) => await client.GetEntityAsync<T>(argument.Name, cancellationToken).ConfigureAwait(false),
            _ => await ByNameAsync<T>(client, argument.Name, parameter, conditions, null, $"Pass the one that is meant, as Get-{NounOf<T>()} returns it.", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>All objects that a parent's argument means: of a wildcard every match (none is an error of kind NotFound), else the one.</summary>
    public static async Task<IReadOnlyList<T>> ManyAsync<T>(VcdClient client, VcdParentArgument argument, string parameter, IReadOnlyList<VcdCondition> conditions, CancellationToken cancellationToken)
        where T : VcdObject
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument.Source is null && WildcardPattern.ContainsWildcardCharacters(argument.Name)
            ? await MatchesAsync<T>(client, argument.Name, parameter, conditions, null, cancellationToken).ConfigureAwait(false)
            : [await OneAsync<T>(client, argument, parameter, conditions, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>All objects that an argument means: of a wildcard every match (none is an error of kind NotFound), else the one.</summary>
    public static async Task<IReadOnlyList<T>> ManyAsync<T>(VcdClient client, VcdItemArgument<T> argument, string parameter, IReadOnlyList<VcdCondition> conditions, Func<T, bool>? only, CancellationToken cancellationToken)
        where T : VcdObject
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument is { Item: null, IsAddress: false } && WildcardPattern.ContainsWildcardCharacters(argument.Text)
            ? await MatchesAsync(client, argument.Text, parameter, conditions, only, cancellationToken).ConfigureAwait(false)
            : [await OneAsync(client, argument, parameter, conditions, only, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>The one catalog item that an argument means: also that of a media or template whose address it is.</summary>
    public static async Task<VcdCatalogItem> CatalogItemAsync(VcdClient client, VcdCatalogItemArgument argument, string parameter, VcdCatalogArgument? catalog, CancellationToken cancellationToken)
    {
        if (!argument.IsAddress)
        {
            return await OneAsync(client, argument, parameter, In(catalog), null, cancellationToken).ConfigureAwait(false);
        }

        var entity = await client.GetEntityAsync(argument.Text, "catalogitem", cancellationToken).ConfigureAwait(false);
        var href = entity switch
        {
            VcdCatalogItem item => item.Href,
            VcdMedia media => media.CatalogItemHref,
            VcdTemplate template => template.CatalogItemHref,
            _ => null,
        };
        return entity as VcdCatalogItem
            ?? await client.GetEntityAsync<VcdCatalogItem>(href ?? throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-{parameter} '{argument.Text}' is {VcdEntities.OneOf(entity.GetType())} ('{entity.Name}') that is an item of no catalog."), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The organization that is meant: the one that is given, or the session's own. The provider's own has no catalogs.</summary>
    public static async Task<VcdOrg> OrganizationAsync(VcdClient client, VcdSession session, VcdOrgArgument? argument, string parameter, CancellationToken cancellationToken)
    {
        if (argument?.Organization is { } given)
        {
            return given;
        }

        if (argument is not null)
        {
            return VcdText.IsAddress(argument.Name)
                ? await client.GetOrgAsync(argument.Name, cancellationToken).ConfigureAwait(false)
                : await ByNameAsync<VcdOrg>(client, argument.Name, parameter, [], null, "Pass the one that is meant, as Get-VcdOrg returns it.", cancellationToken).ConfigureAwait(false);
        }

        return session.IsProvider
            ? throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-{parameter} is needed: connection '{session.ConnectionName}' is the provider's, whose own organization has no catalogs.") { RecommendedAction = "Name the organization; Get-VcdOrg lists them." }
            : await ByNameAsync<VcdOrg>(client, WildcardPattern.Escape(session.Scope), parameter, [], null, "Name the organization.", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The condition that something is in a catalog; none where no catalog is given.</summary>
    public static IReadOnlyList<VcdCondition> In(VcdCatalogArgument? catalog) => catalog is null ? [] : In([catalog], "catalogName", static i => i switch
    {
        VcdCatalogItem item => (item.Catalog, item.CatalogHref),
        VcdMedia media => (media.Catalog, media.CatalogHref),
        VcdTemplate template => (template.Catalog, template.CatalogHref),
        _ => (null, null),
    });

    /// <summary>The condition that something is in a vApp; none where none is given.</summary>
    public static IReadOnlyList<VcdCondition> In(params VcdVAppArgument?[]? vapps)
        => vapps?.OfType<VcdVAppArgument>().ToArray() is { Length: > 0 } given ? In(given, "containerName", static i => i is VcdVM vm ? (vm.VApp, vm.VAppHref) : (null, null)) : [];

    /// <summary>The condition that something is in a virtual data center; none where none is given.</summary>
    public static IReadOnlyList<VcdCondition> In(VcdVdcArgument? vdc) => vdc is null ? [] : In([vdc], "vdcName", static i => i switch
    {
        VcdVApp vapp => (vapp.Vdc, vapp.VdcHref),
        VcdVM vm => (vm.Vdc, vm.VdcHref),
        VcdDisk disk => (disk.Vdc, disk.VdcHref),
        VcdNetwork network => (network.Vdc, network.VdcHref),
        VcdStorageProfile profile => (profile.Vdc, profile.VdcHref),
        VcdMedia media => (media.Vdc, media.VdcHref),
        VcdTemplate template => (template.Vdc, template.VdcHref),
        VcdCatalogItem item => (item.Vdc, item.VdcHref),
        _ => (null, null),
    });

    // The server is asked by name, and answers with longer names too; what belongs there is decided here: to an object by its address, to a name by the name.
    private static VcdCondition[] In(IReadOnlyList<VcdParentArgument> given, string field, Func<VcdObject, (string? Name, string? Href)> place)
    {
        var parents = given.Select(g => (Address: AddressOf(g), Names: new VcdNames([g.Object is null ? g.Name : WildcardPattern.Escape(g.Name)]))).ToArray();
        return
        [
            new VcdCondition(field)
            {
                Patterns = given.Any(g => g.Object is null && AddressOf(g) is not null) ? [] : parents.SelectMany(p => p.Names.Patterns).ToArray(),
                Means = item =>
                {
                    var (name, href) = place(item);
                    return Array.Exists(parents, p => p.Address is not null && href is not null ? VcdObject.IsSame(href, p.Address) : p.Names.Means(name));
                },
            },
        ];
    }

    private static string? AddressOf(VcdParentArgument argument) => argument switch
    {
        { Object: { } item } => item.Href.Length > 0 ? item.Href : item.Id,
        { Address: { } address } => address,
        _ => VcdText.IsAddress(argument.Name) ? argument.Name : null,
    };

    // A name with brackets is mostly meant as it stands: one of exactly the name comes before all that match it as a pattern.
    private static async Task<IReadOnlyList<T>> MatchesAsync<T>(VcdClient client, string pattern, string parameter, IReadOnlyList<VcdCondition> conditions, Func<T, bool>? only, CancellationToken cancellationToken)
        where T : VcdObject
    {
        var names = new VcdNames([pattern]);
        var found = new List<T>();
        await foreach (var item in client.ListAsync<T>(new VcdListing { Names = names.Patterns, Conditions = conditions, Organization = client.Tenant }, cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(item.Name) && (only is null || only(item)))
            {
                found.Add(item);
            }
        }

        return found.Where(i => string.Equals(i.Name, pattern, StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } exact ? exact
            : found.Count > 0 ? found
            : throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-{parameter} '{pattern}': no {VcdEntities.TitleOf(typeof(T))} has such a name.") { RecommendedAction = $"Get-{NounOf<T>()} lists those that this connection's user may see." };
    }

    private static async Task<T> ByNameAsync<T>(VcdClient client, string name, string parameter, IReadOnlyList<VcdCondition> conditions, Func<T, bool>? prefer, string hint, CancellationToken cancellationToken)
        where T : VcdObject
    {
        var title = VcdEntities.TitleOf(typeof(T));
        var names = new VcdNames([name]);
        var found = new List<T>();
        await foreach (var item in client.ListAsync<T>(new VcdListing { Names = names.Patterns, Conditions = conditions, Organization = client.Tenant }, cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(item.Name))
            {
                found.Add(item);
            }
        }

        foreach (var narrower in new[] { prefer, item => string.Equals(item.Name, name, StringComparison.Ordinal) })
        {
            if (found.Count > 1 && narrower is not null && found.Where(narrower).ToArray() is [var only])
            {
                return only;
            }
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-{parameter} '{name}': there is no such {title}.") { RecommendedAction = $"Get-{NounOf<T>()} lists those that this connection's user may see." },
            _ => throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Ambiguous, $"-{parameter} '{name}' means {found.Count} {(title.EndsWith('a') ? title : title + "s")}: {string.Join(", ", found.Select(Describe).Order(StringComparer.Ordinal))}.") { RecommendedAction = hint },
        };
    }

    private static string NounOf<T>() => typeof(T).Name;

    // What tells two of one name apart.
    private static string Describe(VcdObject item) => $"'{item.Name}'" + item switch
    {
        VcdCatalog catalog => $" of organization '{catalog.Organization}'",
        VcdCatalogItem { Catalog: { } catalog } => $" in catalog '{catalog}'",
        VcdMedia { Catalog: { } catalog } => $" in catalog '{catalog}'",
        VcdTemplate { Catalog: { } catalog } => $" in catalog '{catalog}'",
        VcdVM { VApp: { } vapp } => $" of vApp '{vapp}'",
        VcdVApp { Vdc: { } vdc } => $" in virtual data center '{vdc}'",
        VcdDisk { Vdc: { } vdc } => $" in virtual data center '{vdc}'",
        VcdNetwork { Vdc: { } vdc } => $" of virtual data center '{vdc}'",
        VcdStorageProfile { Vdc: { } vdc } => $" of virtual data center '{vdc}'",
        _ => $" ({item.Id})",
    };
}
