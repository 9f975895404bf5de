namespace OrchestratorTools.Simulator.Vcd;

/// <summary>How a catalog is offered to subscribers outside of the organization (schema, PublishExternalCatalogParams).</summary>
internal sealed record ExternalPublication(string Password, bool IsCacheEnabled, bool PreservesIdentity);

/// <summary>What a catalog is subscribed to (schema, ExternalCatalogSubscriptionParams).</summary>
/// <param name="Source">The published catalog.</param>
/// <param name="Location">Its address, as the subscriber gave it.</param>
/// <param name="Password">The password that the subscriber gave.</param>
/// <param name="LocalCopy">Whether synchronizing brings the content too; else each item's comes when it is synchronized itself.</param>
internal sealed record Subscription(Catalog Source, string Location, string Password, bool LocalCopy)
{
    /// <summary>What stands in a body in the place of a password that is to stay as it is.</summary>
    public const string KeptPassword = "******";
}
