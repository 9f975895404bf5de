using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A postal address and a place on the map.</summary>
/// <param name="Street">The street.</param>
/// <param name="Street2">The street's second line.</param>
/// <param name="City">The city.</param>
/// <param name="State">The state or province.</param>
/// <param name="PostalCode">The postal code.</param>
/// <param name="Country">The country.</param>
/// <param name="Latitude">Degrees north; null where nobody set a place.</param>
/// <param name="Longitude">Degrees east; null where nobody set a place.</param>
public sealed record VeloCloudAddress(string? Street, string? Street2, string? City, string? State, string? PostalCode, string? Country, double? Latitude, double? Longitude)
{
    /// <summary>The parts that are known, on one line.</summary>
    public override string ToString()
        => string.Join(", ", new[] { Street, Street2, string.Join(' ', new[] { PostalCode, City }.Where(p => !string.IsNullOrEmpty(p))), State, Country }.Where(p => !string.IsNullOrEmpty(p)));

    internal static VeloCloudAddress Read(JsonElement e)
    {
        var latitude = VeloCloudJson.Number(e, "lat");
        var longitude = VeloCloudJson.Number(e, "lon");
        var unset = latitude is VeloCloudAssumptions.UnsetLatitude && longitude is VeloCloudAssumptions.UnsetLongitude;
        return new VeloCloudAddress(
            VeloCloudJson.Text(e, "streetAddress"),
            VeloCloudJson.Text(e, "streetAddress2"),
            VeloCloudJson.Text(e, "city"),
            VeloCloudJson.Text(e, "state"),
            VeloCloudJson.Text(e, "postalCode"),
            VeloCloudJson.Text(e, "country"),
            unset ? null : latitude,
            unset ? null : longitude);
    }
}
