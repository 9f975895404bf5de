namespace OrchestratorTools.Clients.Http;

/// <summary>What came from a server: remembers the connection, so that what came from one server is acted on there.</summary>
public abstract class ServerObject
{
    /// <summary>The name of the connection that the object came by.</summary>
    public string Connection { get; internal set; } = string.Empty;

    /// <summary>The server that the object came from: a connection of the same name may have been made to another one since.</summary>
    internal Uri? Origin { get; set; }
}
