using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OrchestratorTools.Vcd;

/// <summary>What -ComputerName takes: the name of the only machine, or a table of machines and names.</summary>
public sealed class VcdComputerNameArgument
{
    private const string Wanted = "A computer name is needed, or a table that has one for each virtual machine: @{ web = 'web-1'; db = 'db-1' }.";

    /// <summary>The name of the only machine.</summary>
    public VcdComputerNameArgument(string name)
        : this((object)name)
    {
    }

    /// <summary>Machines and names.</summary>
    public VcdComputerNameArgument(IDictionary names)
        : this((object)names)
    {
    }

    /// <summary>Either, wrapped by PowerShell.</summary>
    public VcdComputerNameArgument(PSObject value)
        : this(value?.BaseObject)
    {
    }

    private VcdComputerNameArgument(object? value)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value is IDictionary table && table.Count > 0)
        {
            foreach (DictionaryEntry entry in table)
            {
                names[Text(entry.Key)] = Text(entry.Value);
            }
        }
        else
        {
            names[string.Empty] = Text(value);
        }

        Names = names;
    }

    /// <summary>The names by machines; the only machine's is under the key "".</summary>
    internal IReadOnlyDictionary<string, string> Names { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Names.Select(n => n.Key.Length == 0 ? n.Value : $"{n.Key} = {n.Value}"));

    private static string Text(object? value)
        => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            string { Length: > 0 } text => text,
            int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            _ => throw new PSInvalidCastException(Wanted),
        };
}
