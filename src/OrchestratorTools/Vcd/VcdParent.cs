using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Something that objects of a kind can belong to: how the server is asked for those that do, and how it is decided exactly.</summary>
/// <typeparam name="T">The class of the objects.</typeparam>
internal abstract class VcdParent<T>
    where T : VcdObject
{
    private readonly Func<T, string?> _name;
    private readonly Func<T, string?>? _href;
    private readonly VcdParentArgument[] _given;
    private readonly VcdNames _names;

    /// <summary>Describes the parent.</summary>
    /// <param name="parameter">The parameter that names it.</param>
    /// <param name="type">Its class.</param>
    /// <param name="field">The field of the record that holds its name.</param>
    /// <param name="name">Its name, of an object.</param>
    /// <param name="href">Its address, of an object; null where objects do not tell it.</param>
    /// <param name="given">What was typed, or piped.</param>
    protected VcdParent(string parameter, Type type, string field, Func<T, string?> name, Func<T, string?>? href, VcdParentArgument[]? given)
    {
        Parameter = parameter;
        Type = type;
        Field = field;
        _name = name;
        _href = href;
        _given = given ?? [];
        _names = new VcdNames(_given.Where(g => g.Object is null).Select(g => g.Name));
    }

    /// <summary>The parameter that names it.</summary>
    public string Parameter { get; }

    /// <summary>Its class.</summary>
    public Type Type { get; }

    /// <summary>The field of the record that holds its name.</summary>
    public string Field { get; }

    /// <summary>True where something was typed or piped.</summary>
    public bool IsGiven => _given.Length > 0;

    /// <summary>The names without wildcards that no object belongs to.</summary>
    public IEnumerable<string> NotSeen => _given.Any(g => g.Object is null) ? _names.NotFound : [];

    /// <summary>What the server is asked for: by name, since every type of record has a name to ask for; two parents may have the same.</summary>
    public VcdCondition Condition
        => new(Field) { Patterns = [.. _given.Any(g => g.Object is null) ? _names.Patterns : [], .. _given.Where(g => g.Object is not null).Select(g => new VcdNamePattern([g.Name]))] };

    /// <summary>True where the object belongs to one of those that were given: to an object by its id, to a name by its name.</summary>
    public bool Has(T item)
    {
        var name = _name(item);
        var has = _given.Any(g => g.Object is null) && _names.Means(name);
        var href = _href?.Invoke(item);
        foreach (var argument in _given)
        {
            has |= argument.Object is { } parent && (href is not null ? VcdObject.IsSame(href, parent.Href.Length > 0 ? parent.Href : parent.Id) : string.Equals(name, parent.Name, StringComparison.OrdinalIgnoreCase));
        }

        return has;
    }

    /// <summary>Where was looked, for an error: " in catalog 'iso'".</summary>
    public string Where() => $" in {VcdEntities.TitleOf(Type)} '{string.Join(", ", _given.Select(g => g.Name))}'";

    /// <summary>The same parent, with an object that came by the pipeline.</summary>
    public abstract VcdParent<T> With(VcdObject piped);

    /// <summary>True where there is one of the name.</summary>
    public abstract Task<bool> ExistsAsync(VcdClient client, string name, CancellationToken cancellationToken);
}

/// <inheritdoc cref="VcdParent{T}"/>
/// <typeparam name="T">The class of the objects.</typeparam>
/// <typeparam name="TParent">The class of the parent.</typeparam>
internal sealed class VcdParent<T, TParent> : VcdParent<T>
    where T : VcdObject
    where TParent : VcdObject
{
    private readonly Func<T, string?> _name;
    private readonly Func<T, string?>? _href;

    /// <inheritdoc cref="VcdParent{T}(string, Type, string, Func{T, string}, Func{T, string}, VcdParentArgument[])"/>
    public VcdParent(string parameter, string field, Func<T, string?> name, Func<T, string?>? href, VcdParentArgument[]? given = null)
        : base(parameter, typeof(TParent), field, name, href, given)
    {
        _name = name;
        _href = href;
    }

    /// <inheritdoc/>
    public override VcdParent<T> With(VcdObject piped) => new VcdParent<T, TParent>(Parameter, Field, _name, _href, [new Piped(piped)]);

    /// <inheritdoc/>
    public override async Task<bool> ExistsAsync(VcdClient client, string name, CancellationToken cancellationToken)
    {
        var names = new VcdNames([WildcardPattern.Escape(name)]);
        await foreach (var parent in client.ListAsync<TParent>(new VcdListing { Names = names.Patterns }, cancellationToken).ConfigureAwait(false))
        {
            if (names.Means(parent.Name))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Piped(VcdObject item) : VcdParentArgument(item);
}
