using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>One version that a server offers (facts/vcd.md, "Versions").</summary>
/// <param name="Text">The version as the server writes it.</param>
/// <param name="Version">Its numbers; null of an alpha version.</param>
/// <param name="IsDeprecated">The server says that it will go.</param>
/// <param name="LoginUrl">Where a tenant's user logs in.</param>
/// <param name="ProviderLoginUrl">Where a user of the System organization logs in; null where the server names no separate address.</param>
internal sealed record VcdOfferedVersion(string Text, VcdApiVersion? Version, bool IsDeprecated, Uri? LoginUrl, Uri? ProviderLoginUrl)
{
    /// <summary>True of versions for the vendor's own tests.</summary>
    public bool IsAlpha => Version is null;
}

/// <summary>What GET /api/versions says, and which version is used.</summary>
internal sealed class VcdSupportedVersions
{
    /// <summary>The first version that these clients know.</summary>
    public static readonly VcdApiVersion Oldest = VcdApiVersion.Parse("1.5");

    /// <summary>The last version that these clients know.</summary>
    public static readonly VcdApiVersion Newest = VcdApiVersion.Parse("39.1");

    private readonly IReadOnlyList<VcdOfferedVersion> _offered;

    private VcdSupportedVersions(IReadOnlyList<VcdOfferedVersion> offered) => _offered = offered;

    /// <summary>All versions of whole numbers, the oldest first.</summary>
    public IReadOnlyList<VcdOfferedVersion> Stable => _offered.Where(v => !v.IsAlpha).OrderBy(v => v.Version).ToArray();

    /// <summary>Reads the answer. The list is in no numeric order, and newer servers mix alpha versions in.</summary>
    public static VcdSupportedVersions Read(XElement root)
    {
        var offered = new List<VcdOfferedVersion>();
        foreach (var info in root.Elements().Where(e => e.Name.LocalName is "VersionInfo" or "AlphaVersion"))
        {
            var text = VcdXml.ChildText(info, "Version")?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                continue;
            }

            var version = info.Name.LocalName is "AlphaVersion" ? null : VcdApiVersion.TryParse(text, out var parsed) ? parsed : null;
            offered.Add(new VcdOfferedVersion(
                text,
                version,
                VcdXml.Flag(info, "deprecated") ?? false,
                VcdXml.Address(VcdXml.ChildText(info, "LoginUrl")),
                VcdXml.Address(VcdXml.ChildText(info, "ProviderLoginUrl"))));
        }

        return new VcdSupportedVersions(offered);
    }

    /// <summary>The highest version that both sides know and that is not deprecated; where all of them are, the highest deprecated one. A forced version must be one that the server offers.</summary>
    public VcdOfferedVersion Choose(string server, string? forced)
    {
        if (forced is not null)
        {
            var number = VcdApiVersion.TryParse(forced, out var wanted) ? wanted : null;
            return _offered.FirstOrDefault(v => string.Equals(v.Text, forced.Trim(), StringComparison.OrdinalIgnoreCase) || (number is not null && v.Version == number))
                ?? throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-ApiVersion '{forced}': {server} does not offer this version. It offers {List(Stable)}.")
                {
                    RecommendedAction = "Leave -ApiVersion out, or name one of these.",
                };
        }

        var common = Stable.Where(v => v.Version! >= Oldest && v.Version! <= Newest).ToArray();
        return common.LastOrDefault(v => !v.IsDeprecated) ?? common.LastOrDefault()
            ?? throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Protocol, $"{server} offers the API versions {List(Stable)}; known here are {Oldest} to {Newest}.")
            {
                RecommendedAction = "Force one that the server offers with -ApiVersion, at your own risk, or use a later version of the module.",
            };
    }

    private static string List(IReadOnlyList<VcdOfferedVersion> versions)
        => versions.Count == 0 ? "none" : string.Join(", ", versions.Select(v => v.IsDeprecated ? v.Text + " (deprecated)" : v.Text));
}
