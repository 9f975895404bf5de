using System.Globalization;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>A profile that is meant, as requests and messages name it.</summary>
/// <param name="Session">The connection that it is at.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Enterprise">Its enterprise; the id is null for a customer's own one.</param>
/// <param name="Target">The target of errors.</param>
internal sealed record VeloCloudProfileTarget(VeloCloudSession Session, VeloCloudProfile Profile, VeloCloudEnterpriseTarget Enterprise, object Target)
{
    /// <summary>The profile's configuration.</summary>
    public ConfigurationTarget Configuration => new(Enterprise.Id, Enterprise.Name, Profile.Id, null, Profile.LogicalId, Profile.Name);

    /// <summary>The profile in words.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"profile '{Profile.Name}' (id {Profile.Id})") + (Enterprise.Name is null ? string.Empty : $" of enterprise '{Enterprise.Name}'");
}
