namespace OrchestratorTools.Clients.Vcd;

/// <summary>What came by a session of the provider that acted for an organization: it is acted on for the same.</summary>
internal interface IOfTenant
{
    /// <summary>The organization; null where the session acted for nobody but itself.</summary>
    VcdTenant? Tenant { get; set; }
}
