using System.Management.Automation;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Connections;

/// <summary>What -Connection takes: a connection object or a name.</summary>
public sealed class ConnectionArgument
{
    /// <summary>By name; reading cmdlets take wildcards, an exact name comes before a wildcard.</summary>
    public ConnectionArgument(string name)
    {
        Name = name;
    }

    /// <summary>By object.</summary>
    public ConnectionArgument(OrchestratorConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Name = connection.Name;
        Connection = connection;
    }

    /// <summary>By an object that PowerShell wrapped, or one that came from another process.</summary>
    public ConnectionArgument(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (value.BaseObject)
        {
            case OrchestratorConnection connection:
                Name = connection.Name;
                Connection = connection;
                break;
            case string name:
                Name = name;
                break;
            default:
                Name = value.Properties["Name"]?.Value as string ?? throw new ArgumentException("A connection is given by its name or as the object that Get-OrchestratorConnection returns.");
                break;
        }
    }

    /// <summary>The name or pattern.</summary>
    public string Name { get; }

    internal OrchestratorConnection? Connection { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>True when this argument means the connection.</summary>
    internal bool Means(OrchestratorConnection connection)
        => Connection is { } mine
            ? ReferenceEquals(mine, connection)
            : string.Equals(Name, connection.Name, StringComparison.OrdinalIgnoreCase);

    internal static string Describe(OrchestratorSystem system) => $"the name of a {system} connection or a connection object";
}
