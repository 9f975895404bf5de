using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Completion;

namespace OrchestratorTools.Vcd;

/// <summary>What this system's completers have in common: nobody reads through thousands of names, so the first ones are enough.</summary>
internal abstract class VcdCompleter : LiveCompleter<VcdSession>
{
    private const int Most = 1000;

    /// <inheritdoc/>
    private protected sealed override OrchestratorSystem System => OrchestratorSystem.Vcd;

    /// <summary>The name in an argument that was typed already: a text, or an object.</summary>
    private protected static string? NameOf(object? typed) => typed switch
    {
        string name => name,
        VcdObject item => WildcardPattern.Escape(item.Name),
        PSObject { BaseObject: VcdObject item } => WildcardPattern.Escape(item.Name),
        _ => null,
    };

    private protected static async Task<IReadOnlyList<string>> NamesAsync<T>(IAsyncEnumerable<T> items, CancellationToken cancellationToken)
        where T : VcdObject
    {
        var names = new List<string>();
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            names.Add(item.Name);
            if (names.Count == Most)
            {
                break;
            }
        }

        return names;
    }
}

/// <summary>Completes names of one kind of object.</summary>
/// <typeparam name="T">The class.</typeparam>
internal abstract class VcdKindCompleter<T> : VcdCompleter
    where T : VcdObject
{
    /// <inheritdoc/>
    private protected sealed override Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
        => NamesAsync(new VcdClient(session, SilentObserver.Instance).ListAsync<T>(new VcdListing(), cancellationToken), cancellationToken);
}

/// <summary>Completes names of organizations.</summary>
internal sealed class VcdOrgCompleter : VcdKindCompleter<VcdOrg>
{
}

/// <summary>Completes names of virtual data centers.</summary>
internal sealed class VcdVdcCompleter : VcdKindCompleter<VcdVdc>
{
}

/// <summary>Completes names of catalogs.</summary>
internal sealed class VcdCatalogCompleter : VcdKindCompleter<VcdCatalog>
{
}

/// <summary>Completes names of vApps.</summary>
internal sealed class VcdVAppCompleter : VcdKindCompleter<VcdVApp>
{
}

/// <summary>Completes -Name of the cmdlets that list: names of what the command gets, of the catalog, virtual data center or vApp that is typed already, where there is one.</summary>
internal sealed class VcdNameCompleter : VcdCompleter
{
    private static readonly (string Parameter, string Field)[] Parents = [("Catalog", "catalogName"), ("Vdc", "vdcName"), ("VApp", "containerName")];

    /// <inheritdoc/>
    private protected override Task<IReadOnlyList<string>> AskAsync(VcdSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        var client = new VcdClient(session, SilentObserver.Instance);
        return Noun switch
        {
            "Org" => Ask<VcdOrg>(),
            "Vdc" => Ask<VcdVdc>(),
            "Catalog" => Ask<VcdCatalog>(),
            "CatalogItem" => Ask<VcdCatalogItem>(),
            "Media" => Ask<VcdMedia>(),
            "Template" => Ask<VcdTemplate>(),
            "VApp" => Ask<VcdVApp>(),
            "VM" => Ask<VcdVM>(new VcdCondition("isVAppTemplate") { Values = ["false"] }),
            "Network" => Ask<VcdNetwork>(),
            "Disk" => Ask<VcdDisk>(),
            "StorageProfile" => Ask<VcdStorageProfile>(),
            "User" => Ask<VcdUser>(),
            "Group" => Ask<VcdGroup>(),
            "Role" => Ask<VcdRole>(),
            "EdgeGateway" => Ask<VcdEdgeGateway>(),
            _ => Task.FromResult<IReadOnlyList<string>>([]),
        };

        Task<IReadOnlyList<string>> Ask<T>(params VcdCondition[] more)
            where T : VcdObject
            => NamesAsync(client.ListAsync<T>(new VcdListing { Conditions = [.. Typed(bound).Select(ConditionOf), .. more] }, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    private protected override string KeyOf(IDictionary bound) => string.Join('|', Typed(bound).Select(t => t.Field + "=" + t.Name).Prepend(Noun));

    private string Noun => Command[(Command.LastIndexOf("-Vcd", StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? at + 4 : Command.Length)..] is { Length: > 0 } noun ? Spelling(noun) : string.Empty;

    // PowerShell does not mind letter case in a command's name.
    private static string Spelling(string noun)
        => Array.Find(["Org", "Vdc", "Catalog", "CatalogItem", "Media", "Template", "VApp", "VM", "Network", "Disk", "StorageProfile", "User", "Group", "Role", "EdgeGateway"], n => string.Equals(n, noun, StringComparison.OrdinalIgnoreCase)) ?? noun;

    private IEnumerable<(string Field, string Name)> Typed(IDictionary bound)
        => Parents.Select(p => (Field: Noun is "EdgeGateway" && p.Parameter is "Vdc" ? "orgVdcName" : p.Field, Name: NameOf(bound[p.Parameter]))).Where(p => p.Name is not null).Select(p => (p.Field, p.Name!));

    private static VcdCondition ConditionOf((string Field, string Name) typed) => new(typed.Field) { Patterns = new VcdNames([typed.Name]).Patterns };
}
