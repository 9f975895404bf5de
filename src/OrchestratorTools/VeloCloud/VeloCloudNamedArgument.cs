using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>What a parameter takes for one thing of an Orchestrator: its name, its id, or the object itself.</summary>
/// <typeparam name="T">The thing.</typeparam>
public abstract class VeloCloudNamedArgument<T>
    where T : VeloCloudObject, IVeloCloudNamed
{
    private protected VeloCloudNamedArgument(string name)
    {
        Name = name;
    }

    private protected VeloCloudNamedArgument(long id)
    {
        Id = id;
        Name = id.ToString(CultureInfo.InvariantCulture);
    }

    private protected VeloCloudNamedArgument(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Id = item.Id;
        Name = item.Name;
        Item = item;
    }

    /// <summary>By an object that PowerShell wrapped.</summary>
    /// <param name="value">The object.</param>
    /// <param name="what">What is taken, with its article: "A licence".</param>
    private protected VeloCloudNamedArgument(PSObject value, string what)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case T item:
                Id = item.Id;
                Name = item.Name;
                Item = item;
                break;
            case string name:
                Name = name;
                break;
            case sbyte or short or int or long or byte or ushort or uint:
                Id = Convert.ToInt64(value.BaseObject, CultureInfo.InvariantCulture);
                Name = Id.Value.ToString(CultureInfo.InvariantCulture);
                break;
            default:
                throw new ArgumentException($"{what} is given by its name, its id, or as the object that Get-{typeof(T).Name} returns; this is a {value.BaseObject.GetType().Name}.");
        }
    }

    /// <summary>The name, or the id as a text.</summary>
    public string Name { get; }

    /// <summary>The id, where it was not given by a text.</summary>
    public long? Id { get; }

    /// <summary>The object itself: knows its connection.</summary>
    internal T? Item { get; }

    /// <summary>The target of errors.</summary>
    internal object Target => Item ?? (object)(Id is { } id ? id : Name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The one of a list that is meant: of that id, else of that name, else of the id that came as a text. Throws where there is none, or where two are.</summary>
    /// <param name="all">The list.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="many">What they are called.</param>
    /// <param name="missing">The error where there is none.</param>
    private protected T Choose(IReadOnlyList<T> all, string parameter, string many, Func<OrchestratorApiException> missing)
    {
        var found = all.Where(i => Id is { } id ? i.Id == id : string.Equals(i.Name, Name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found.Length == 0 && Id is null)
        {
            found = [.. all.Where(i => string.Equals(i.Id.ToString(CultureInfo.InvariantCulture), Name, StringComparison.Ordinal))];
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw missing(),
            _ => throw VeloCloudMessages.Ambiguous(parameter, Name, many, found.Select(i => string.Create(CultureInfo.InvariantCulture, $"id {i.Id}"))),
        };
    }
}
