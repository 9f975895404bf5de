namespace OrchestratorTools.Clients.Vcd;

/// <summary>The organization that a session of the provider acts for (facts/vcd.md, "Login matrix": the tenant context).</summary>
/// <param name="Name">The organization's name.</param>
/// <param name="Uuid">The UUID in its id.</param>
public sealed record VcdTenant(string Name, string Uuid)
{
    /// <summary>The organization as a tenant. Throws <see cref="ArgumentException"/> where its id holds no UUID.</summary>
    public static VcdTenant Of(VcdOrg organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return new VcdTenant(organization.Name, VcdAssumptions.UuidOf(organization.Id) ?? throw new ArgumentException($"Organization '{organization.Name}' has no id.", nameof(organization)));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
