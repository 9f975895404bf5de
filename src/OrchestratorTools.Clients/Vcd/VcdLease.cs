using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The leases.</summary>
public enum VcdLeaseKind
{
    /// <summary>How long a vApp may run.</summary>
    Runtime,

    /// <summary>How long a vApp that does not run, or a template, is kept.</summary>
    Storage,
}

/// <summary>How long a vApp may run and be kept, or a template be kept (its LeaseSettingsSection).</summary>
public sealed class VcdLease : ServerObject, IOfTenant
{
    internal VcdLease(XElement entity, XElement section, string href, DateTimeOffset now)
    {
        Name = VcdXml.Text(entity, "name") ?? string.Empty;
        Href = VcdXml.Text(entity, "href") ?? href;
        IsOfTemplate = entity.Name.LocalName is "VAppTemplate";
        RuntimeLease = IsOfTemplate ? null : Length(section, "DeploymentLeaseInSeconds");
        StorageLease = Length(section, "StorageLeaseInSeconds");
        RuntimeLeaseExpiresAt = IsOfTemplate ? null : VcdXml.Time(VcdXml.ChildText(section, "DeploymentLeaseExpiration"));
        StorageLeaseExpiresAt = VcdXml.Time(VcdXml.ChildText(section, "StorageLeaseExpiration"));
        IsExpired = StorageLeaseExpiresAt <= now || RuntimeLeaseExpiresAt <= now;
    }

    /// <summary>The name of the vApp or template.</summary>
    public string Name { get; }

    /// <summary>The address of the vApp or template.</summary>
    public string Href { get; }

    /// <summary>True of a template's lease.</summary>
    public bool IsOfTemplate { get; }

    /// <summary>How long the vApp may run, once it was started; null: for ever. Templates have none.</summary>
    public TimeSpan? RuntimeLease { get; }

    /// <summary>When it is stopped by the server (UTC); null while it does not run, or may run for ever.</summary>
    public DateTimeOffset? RuntimeLeaseExpiresAt { get; }

    /// <summary>How long it is kept, once it was stopped; null: for ever.</summary>
    public TimeSpan? StorageLease { get; }

    /// <summary>When it is marked as expired, or deleted, as the organization wants it (UTC); null while it runs, or is kept for ever.</summary>
    public DateTimeOffset? StorageLeaseExpiresAt { get; }

    /// <summary>True where a lease has run out: Set-VcdLease -Renew begins it anew.</summary>
    public bool IsExpired { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static TimeSpan? Length(XElement section, string name) => VcdXml.Number(VcdXml.ChildText(section, name)) is { } seconds and > VcdAssumptions.EndlessLease and <= int.MaxValue ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>The longest leases of an organization; null: no limit.</summary>
/// <param name="Organization">Its name.</param>
/// <param name="Runtime">How long a vApp may run.</param>
/// <param name="Storage">How long a vApp may be kept.</param>
/// <param name="TemplateStorage">How long a template may be kept.</param>
public sealed record VcdLeaseLimits(string Organization, TimeSpan? Runtime, TimeSpan? Storage, TimeSpan? TemplateStorage);
