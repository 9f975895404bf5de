using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A change of device settings that the server took: it goes on after its answer.</summary>
public sealed class VeloCloudDeviceSettingChange : ServerObject
{
    /// <summary>Profile or Edge.</summary>
    public required string OwnerType { get; init; }

    /// <summary>The profile's or edge's name.</summary>
    public required string Owner { get; init; }

    /// <summary>The profile's or edge's logical id.</summary>
    public required string? OwnerLogicalId { get; init; }

    /// <summary>Running, or Done where the server was done at once or was waited for.</summary>
    public required string State { get; init; }

    /// <summary>The address of the asynchronous operation, for Invoke-VeloCloudRequest; null where there is none.</summary>
    public required string? Operation { get; init; }

    /// <summary>Whose settings, and how far it is.</summary>
    public override string ToString() => $"{OwnerType} {Owner}: {State}";
}
