using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>What a parameter takes that stands for one object: the object, its name, its id (urn or UUID) or its address.</summary>
/// <typeparam name="T">The class of the object.</typeparam>
public abstract class VcdItemArgument<T>
    where T : VcdObject
{
    private protected VcdItemArgument(string text, string wanted)
    {
        Text = string.IsNullOrEmpty(text) ? throw new PSInvalidCastException(wanted) : text;
        IsAddress = VcdText.IsAddress(text);
    }

    /// <summary>By an object of this module's.</summary>
    /// <param name="item">The object.</param>
    /// <param name="wanted">What the parameter takes, as a sentence.</param>
    /// <param name="hrefIn">The address of what is meant in an object of another kind: a catalog item stands for a media, and the other way round. Null where it stands for none.</param>
    private protected VcdItemArgument(ServerObject item, string wanted, Func<ServerObject, string?>? hrefIn = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        Source = item;
        var given = item is VcdRecord record ? record.ToObject() ?? record : item;
        Item = given as T;
        IsAddress = Item is null;
        Text = Item is { } known ? known.Name : hrefIn?.Invoke(given) ?? throw new PSInvalidCastException(wanted);
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    private protected VcdItemArgument(PSObject value, string wanted, Func<ServerObject, string?>? hrefIn = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        Source = value;
        if (value.BaseObject is ServerObject item)
        {
            var given = item is VcdRecord record ? record.ToObject() ?? record : item;
            Item = given as T;
            IsAddress = Item is null;
            Text = Item is { } known ? known.Name : hrefIn?.Invoke(given) ?? throw new PSInvalidCastException(wanted);
        }
        else if (value.BaseObject is string { Length: > 0 } text)
        {
            Source = null;
            Text = text;
            IsAddress = VcdText.IsAddress(text);
        }
        else
        {
            Text = (value.Properties["Href"]?.Value ?? value.Properties["Id"]?.Value) is string { Length: > 0 } address ? address : throw new PSInvalidCastException(wanted);
            IsAddress = true;
        }
    }

    /// <summary>The object, where one was given.</summary>
    internal T? Item { get; }

    /// <summary>What says by which connection it came.</summary>
    internal object? Source { get; }

    /// <summary>The name, or, where <see cref="IsAddress"/> says so, the id or address.</summary>
    internal string Text { get; }

    /// <summary>True where the text is an id or an address.</summary>
    internal bool IsAddress { get; }

    /// <summary>The object's address, or the name, id or address that was typed.</summary>
    internal string Reference => Item is { Href.Length: > 0 } item ? item.Href : Text;

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Tells names from ids and addresses.</summary>
internal static class VcdText
{
    /// <summary>True of a urn, a UUID, an http address or a path.</summary>
    public static bool IsAddress(string text)
        => text.StartsWith("urn:vcloud:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("/api/", StringComparison.OrdinalIgnoreCase)
            || (text.Length == 36 && Guid.TryParse(text, out _));
}
