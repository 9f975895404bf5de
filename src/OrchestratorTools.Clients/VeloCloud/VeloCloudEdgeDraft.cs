namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>An edge that is to be made (edge/edgeProvision).</summary>
/// <param name="Name">The name.</param>
/// <param name="ProfileId">The profile's id.</param>
/// <param name="Model">The model.</param>
/// <param name="SerialNumber">The device that alone may be activated as this edge.</param>
/// <param name="Description">Free text.</param>
/// <param name="CustomInfo">Free text.</param>
/// <param name="LicenseId">The licence.</param>
/// <param name="HighAvailability">Whether two devices are meant.</param>
/// <param name="Site">The site's members, by the server's names; null: none.</param>
internal sealed record VeloCloudEdgeDraft(string Name, long ProfileId, string Model, string? SerialNumber, string? Description, string? CustomInfo, long? LicenseId, bool HighAvailability, IReadOnlyDictionary<string, object?>? Site);
