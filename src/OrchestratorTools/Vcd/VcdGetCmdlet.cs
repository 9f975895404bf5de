using System.Management.Automation;
using System.Runtime.CompilerServices;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>
/// The base of the cmdlets that list a kind of object: by name through the query service (one request for 128 of them), by id each in its whole representation. A cmdlet says what its objects can belong to
/// (<see cref="Parents"/>) and, where that is so, what else narrows the list (<see cref="Conditions"/>, <see cref="Means"/>).
/// </summary>
/// <typeparam name="T">The class of the objects.</typeparam>
public abstract class VcdGetCmdlet<T> : VcdReadingCmdlet
    where T : VcdObject
{
    /// <summary>The parameter set of names and lists.</summary>
    private protected const string NameSet = "Name";

    /// <summary>The parameter set of ids.</summary>
    private protected const string IdSet = "Id";

    private readonly HashSet<VcdSession> _asked = [];
    private VcdNames? _names;
    private VcdParent<T>[]? _typed;

    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids (urn:vcloud:KIND:UUID, or the UUID alone) or addresses.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Reads the whole representation of each: links, tasks and what lists do not tell. One request for each object; -Id does so always.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Detailed { get; set; }

    /// <summary>What the objects can belong to, each with what was typed for it.</summary>
    private protected virtual IReadOnlyList<VcdParent<T>> Parents => [];

    /// <summary>What else the server is asked for.</summary>
    private protected virtual IReadOnlyList<VcdCondition> Conditions => [];

    /// <summary>What the objects are called in a sentence.</summary>
    private protected virtual string Title => VcdEntities.TitleOf(typeof(T));

    /// <summary>Decides exactly what <see cref="Conditions"/> asked for.</summary>
    private protected virtual bool Means(T item) => true;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Id is not null)
        {
            foreach (var session in Sessions())
            {
                foreach (var id in Id)
                {
                    CurrentTarget = id;
                    Attempt(() => WriteObject(Await(token => Client(session).GetEntityAsync<T>(id, token))), id);
                }
            }

            return;
        }

        ListAll();
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        // Once for all records of the pipeline: a name need not be in each of them.
        if (_asked.Count > 0 && _names is not null)
        {
            WriteNotFound(_names, Title, nameof(Name), string.Concat((_typed ?? []).Select(p => p.Where())));
            foreach (var parent in _typed ?? [])
            {
                CheckNames(parent);
            }
        }
    }

    /// <summary>Lists for one record of the pipeline.</summary>
    private protected virtual void ListAll()
    {
        foreach (var session in Sessions())
        {
            List(session, null, null, null);
        }
    }

    /// <summary>Notes that a server was asked: what it has not will be said at the end.</summary>
    private protected void Note(VcdSession session)
    {
        _names ??= new VcdNames(Name);
        _typed ??= Parents.Where(p => p.IsGiven).ToArray();
        _asked.Add(session);
    }

    /// <summary>Lists at one server.</summary>
    /// <param name="session">The server.</param>
    /// <param name="organization">The organization whose objects are meant; null: whatever the session sees.</param>
    /// <param name="piped">What came by the pipeline: objects that belong to it are meant.</param>
    /// <param name="only">Decides what else is meant.</param>
    /// <param name="more">What else the server is asked for.</param>
    private protected void List(VcdSession session, VcdTenant? organization, VcdParent<T>? piped, Func<T, bool>? only, params VcdCondition[] more)
    {
        Note(session);
        var client = Client(session, session.IsProvider ? organization : null);
        VcdParent<T>[] parents = piped is null ? _typed! : [.. _typed!, piped];
        var listing = new VcdListing
        {
            Names = _names!.Patterns,
            Conditions = [.. parents.Select(p => p.Condition), .. Conditions, .. more],
            Organization = organization,
            ForDetails = Detailed,
        };
        if (!Detailed)
        {
            Stream(token => client.ListAsync<T>(listing, token), item =>
            {
                if (IsMeant(item, parents, only))
                {
                    WriteObject(item);
                }
            });
            return;
        }

        Stream(token => client.DetailAsync(MeantAsync(client.ListAsync<T>(listing, token), parents, only, token), token), detail =>
        {
            if (detail.Item is { } item)
            {
                WriteObject(item);
            }
            else
            {
                WriteApiError(detail.Error!, detail.Record);
            }
        });
    }

    private async IAsyncEnumerable<T> MeantAsync(IAsyncEnumerable<T> items, VcdParent<T>[] parents, Func<T, bool>? only, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (IsMeant(item, parents, only))
            {
                yield return item;
            }
        }
    }

    // Parents first: a name that matches elsewhere only is not found.
    private bool IsMeant(T item, VcdParent<T>[] parents, Func<T, bool>? only)
        => Array.TrueForAll(parents, p => p.Has(item)) && (only is null || only(item)) && Means(item) && _names!.Means(item.Name);

    // A parent without any of these objects and a parent that does not exist give the same empty list: only then, and once, is it looked for.
    private void CheckNames(VcdParent<T> parent)
    {
        foreach (var name in parent.NotSeen)
        {
            var exists = false;
            foreach (var session in _asked)
            {
                exists |= Await(token => parent.ExistsAsync(Client(session), name, token));
            }

            if (!exists)
            {
                WriteApiError(
                    new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.NotFound, $"-{parent.Parameter} '{name}': there is no such {VcdEntities.TitleOf(parent.Type)}.") { RecommendedAction = "Check the name, and that this connection's user may see it." },
                    name);
            }
        }
    }
}
