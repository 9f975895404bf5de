using OrchestratorTools.Clients.Http;

namespace OrchestratorTools;

/// <summary>A connection to one server, as the Connect- cmdlets return it. Holds no secret that any formatting, conversion or export could show.</summary>
public sealed class OrchestratorConnection
{
    internal OrchestratorConnection(string name, OrchestratorSession session, DateTimeOffset connectedAt)
    {
        Name = name;
        Session = session;
        ConnectedAt = connectedAt;
        session.ConnectionName = name;
    }

    /// <summary>The name, unique among the connections to this kind of server.</summary>
    public string Name { get; }

    /// <summary>VeloCloud, Vcd or Vro.</summary>
    public OrchestratorSystem System => Session.System;

    /// <summary>The address that was dialled.</summary>
    public Uri Server => Session.Server;

    /// <summary>Who is logged in.</summary>
    public string User => Session.User;

    /// <summary>The API version in use.</summary>
    public string ApiVersion => Session.ApiVersion;

    /// <summary>What the session may see: the organization, the tier or the grant.</summary>
    public string Scope => Session.Scope;

    /// <summary>When the connection was made (UTC).</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>When the present token runs out (UTC), where the server says so. It is renewed before.</summary>
    public DateTimeOffset? ExpiresAt => Session.ExpiresAt;

    internal OrchestratorSession Session { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
